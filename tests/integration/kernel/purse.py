"""A small aggregate for tests of the kernel: money in, money out, never below zero."""

import os
from typing import ClassVar

from shared.contracts.issue import IssueGrew
from shared.db.aggregate import Aggregate, Document, index
from shared.db.client import Mongo
from shared.db.schema import prepare
from shared.db.store import Store
from shared.db.uow import Uow
from shared.errors import Refused
from shared.privacy.vault import KEY_BYTES, Vault
from shared.runtime.clock import Clock, SystemClock


class NotEnough(Refused):
    """The purse would be overdrawn."""


class Purse(Aggregate):
    """Something that two may want to change at once."""

    collection: ClassVar[str] = "purses"
    indexes: ClassVar[tuple[Document, ...]] = (index("owner", unique=True, sparse=True),)
    awaited: ClassVar[bool] = True

    owner: str
    money: int = 0


class Marker(Aggregate):
    """Something that is only inserted."""

    collection: ClassVar[str] = "marks"
    indexes: ClassVar[tuple[Document, ...]] = (index("purse"),)

    purse: str


async def put(purse: str, amount: int, uow: Uow) -> int:
    """Change the money; the purse is made when it is not there."""
    found = await uow.get(Purse, purse) or uow.add(Purse(id=purse, owner=purse))
    if found.money + amount < 0:
        raise NotEnough
    found.money += amount
    found.record(IssueGrew(issue_id=purse, complaint_id="c", complaints=found.money, severity="minor"))
    return found.money


async def store_on(mongo: Mongo, clock: Clock | None = None) -> Store:
    """A store with the test's aggregates, ready for use."""
    await prepare(mongo, [Purse, Marker], [])
    return Store("test", mongo, clock or SystemClock(), Uow, None, Vault(os.urandom(KEY_BYTES)))
