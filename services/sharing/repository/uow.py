"""The unit of work with sharing's words."""

from services.sharing.domain.account import Account, account_id
from services.sharing.domain.department import Department, department_id
from services.sharing.domain.person import Person
from services.sharing.domain.refusals.directory import NoPerson
from services.sharing.domain.rules import SharingRules
from shared.db.uow import Uow
from shared.errors import NotFound


class SharingUow(Uow):
    """The unit of work with sharing's words."""

    rules: SharingRules

    @property
    def by(self) -> str:
        """Who asks, by id; the system itself where nobody does."""
        return self.cause.principal.id if self.cause.principal else "system"

    async def person(self, id: str) -> Person:
        """A person; raises `NoPerson`."""
        found = await self.get(Person, id)
        if found is None:
            raise NoPerson
        return found

    async def department(self, code: str) -> Department:
        """A department; raises `NotFound`."""
        found = await self.get(Department, department_id(code))
        if found is None:
            raise NotFound
        return found

    async def account(self, person: str) -> Account | None:
        """A person's account, if they have one."""
        return await self.get(Account, account_id(person))

    async def open_departments(self) -> list[Department]:
        """All departments that are not closed; a company has a few hundred."""
        return await self.find(Department, active=True)
