"""There is always somebody who can administer."""

from services.sharing.domain.account import Account
from services.sharing.domain.refusals.directory import LastAdministrator
from services.sharing.repository.uow import SharingUow


async def keep_an_administrator(uow: SharingUow) -> None:
    """After a change that took an administrator away: refuse it unless another one is left.

    Who is left is written along, so that two administrators cannot remove each other at the same time.
    """
    left = await uow.find(Account, administers=True)
    if not left:
        raise LastAdministrator
    await uow.get(Account, left[0].id, decide=True)
