"""A rehearsal on a real MongoDB: told as it would be, and nothing is there afterwards."""

from collections.abc import Callable
from typing import Any

from shared.db.client import Mongo
from shared.db.commit import commit_many
from shared.db.member import LASTING, Member
from shared.db.numbers import COLLECTION as NUMBERS
from shared.db.outbox import COLLECTION as OUTBOX
from shared.db.rehearsal import rehearse
from shared.db.uow import Cause, Uow
from tests.integration.kernel.purse import NotEnough, put, store_on

Databases = Callable[..., Mongo]


def member(id: str, handler: Any, *args: Any) -> Member:
    return Member(Cause(id), lambda uow: handler(*args, uow), LASTING, answer=lambda result: {"was": result})


async def numbered(uow: Uow) -> str:
    return await uow.number("P-2026")


async def test_nothing_of_a_rehearsal_is_written(database: Databases) -> None:
    store = await store_on(database())
    outcomes = await rehearse(store, [member("one", put, "a", 5), member("two", numbered)])
    assert [outcome.result for outcome in outcomes] == [5, "P-2026-000000"]
    for collection in ("purses", OUTBOX, LASTING, NUMBERS):
        assert await store.mongo.count(collection, {}) == 0


async def test_it_knows_what_is_stored(database: Databases) -> None:
    store = await store_on(database())
    await commit_many(store, [member("before", put, "a", 5)])
    refused, possible = await rehearse(store, [member("one", put, "a", -6), member("two", put, "a", -5)])
    assert isinstance(refused.error, NotEnough)
    assert possible.result == 0


async def test_one_that_fails_spoils_none_of_the_others(database: Databases) -> None:
    store = await store_on(database())
    outcomes = await rehearse(store, [member(str(n), put, f"p{n}", -1 if n % 3 == 0 else 1) for n in range(12)])
    assert [outcome.error is None for outcome in outcomes] == [n % 3 != 0 for n in range(12)]


async def test_what_was_done_before_says_so(database: Databases) -> None:
    store = await store_on(database())
    await commit_many(store, [member("one", put, "a", 5)])
    (outcome,) = await rehearse(store, [member("one", put, "a", 5)])
    assert outcome.done is not None
    assert outcome.done["was"] == 5


async def test_the_same_twice_is_told_twice(database: Databases) -> None:
    store = await store_on(database())
    outcomes = await rehearse(store, [member("one", put, "a", 5), member("one", put, "a", 5)])
    assert [outcome.result for outcome in outcomes] == [5, 5]
