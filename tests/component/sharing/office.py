"""The desk of sharing with a small company, and who administers it."""

from typing import Any

from services.sharing.domain.account import Account, account_id
from services.sharing.domain.department import Department
from services.sharing.domain.entries import DepartmentEntry, NewDepartment, NewPerson, PersonEntry
from services.sharing.domain.importing.drafts import Draft, Standing
from services.sharing.domain.importing.plan import plan
from services.sharing.domain.importing.rows import Kind, Problem, Read, entry_of
from services.sharing.domain.person import Person, stands_in
from services.sharing.handlers.accounts import give_password
from services.sharing.handlers.departments import add_department, change_department
from services.sharing.handlers.people import add_person
from services.sharing.repository.uow import SharingUow
from services.sharing.service import rules_of
from shared.identity.principal import Principal
from shared.runtime.settings import Settings
from shared.testing.fake import Desk

ADMIN = Principal("boss", "관리자", frozenset({"admin"}), "person", "office")


def whatever(_: int) -> None:
    """Any version will do."""


class Office(Desk):
    """A desk that says what it says in the name of the administrator."""

    def __init__(self) -> None:
        super().__init__(SharingUow, rules_of(Settings()))

    async def do(self, handler: Any, *args: Any) -> Any:
        """Run a handler for the administrator."""
        return await self.handle(handler, *args, by=ADMIN)

    async def person(self, id: str, department: str = "sales", **said: Any) -> Person:
        """Somebody comes new."""
        entry = NewPerson.model_validate({"id": id, "name": said.pop("name", id), "department": department, **said})
        found: Person = await self.do(add_person, entry)
        return found

    async def department(self, code: str, **levels: str) -> Department:
        """A department comes new."""
        found: Department = await self.do(
            add_department, NewDepartment.model_validate({"code": code, "names": {"ko": code}, **levels})
        )
        return found

    async def account(self, person: str, password: str = "kept") -> Account:
        """An account is opened."""
        found: Account = await self.do(give_password, person, password, False)
        return found

    def of(self, person: str) -> Account:
        """Somebody's account."""
        return next(a for a in self.stored(Account) if a.id == account_id(person))

    def one(self, person: str) -> Person:
        """Somebody."""
        return next(p for p in self.stored(Person) if p.id == person)

    def standing(self) -> Standing:
        """The directory as a check finds it."""
        people = {person.id: person for person in self.stored(Person)}
        standing = Standing(people=people, active={id for id, person in people.items() if person.active})
        for id in standing.active:
            standing.members[people[id].department] += 1
            if spans := stands_in(people[id].deputy, people[id].leaves):
                standing.deputies[id] = spans
        standing.administrators = {a.holder for a in self.stored(Account) if a.administers}
        standing.departments = {d.code: d for d in self.stored(Department)}
        return standing

    def check(self, *rows: dict[str, Any], mark_left: bool = False, kind: Kind = "people") -> list[Draft]:
        """What an import of these entries would do; rows count from 2, as in a file."""
        return plan([read(number, said, kind) for number, said in enumerate(rows, 2)], self.standing(), mark_left)


def checked_together(office: Office, departments: list[dict[str, Any]], people: list[dict[str, Any]]) -> list[Draft]:
    """What an import of both would do, as the API takes it."""
    each: list[tuple[Kind, list[dict[str, Any]]]] = [("departments", departments), ("people", people)]
    rows = [read(number, said, kind) for kind, entries in each for number, said in enumerate(entries, 1)]
    return plan(rows, office.standing(), mark_left=False)


def read(number: int, said: dict[str, Any], kind: Kind = "people") -> Read:
    """A row as it is read."""
    problems: list[Problem] = []
    entry: PersonEntry | DepartmentEntry | None = entry_of(said, kind, problems)
    return Read(number, str(said.get("id") or said.get("code") or ""), kind, entry, problems)


def refused(drafts: list[Draft]) -> dict[int, set[str]]:
    """Rows that were refused, with the fields that were to blame."""
    return {draft.read.row: {problem.field for problem in draft.problems} for draft in drafts if draft.refused}


async def an_office() -> Office:
    """Two departments, a head of sales, an administrator and two others."""
    office = Office()
    await office.department("sales")
    await office.department("office")
    for id, department, roles in (
        ("boss", "office", ["admin"]), ("head", "sales", ["employee", "dept_manager"]),
        ("kim", "sales", ["employee"]), ("lee", "sales", ["employee", "agent"]),
    ):  # fmt: skip
        await office.person(id, department, roles=roles)
    await office.account("boss")
    await office.do(change_department, "sales", _head("head"), whatever)
    office.told.clear()
    return office


def _head(person: str) -> Any:
    return DepartmentEntry.model_validate({"code": "sales", "head": person})
