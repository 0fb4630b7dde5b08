"""After a restore: events go on behind those that were lost, under ids of their own, and numbers move on."""

from collections.abc import Callable
from functools import partial

import pytest

from shared.db.client import Document, Mongo
from shared.db.commit import commit_many
from shared.db.member import Member
from shared.db.numbers import Numbers, move_on
from shared.db.outbox import COLLECTION
from shared.db.past import begin_era, keep_floors, keep_lost, lost_among
from shared.db.store import Store
from shared.db.uow import Cause
from shared.runtime.clock import SystemClock
from tests.integration.kernel.purse import put, store_on

Databases = Callable[..., Mongo]


@pytest.fixture
async def store(database: Databases) -> Store:
    """An empty one."""
    return await store_on(database())


async def pay(store: Store, purse: str, command: str) -> Document:
    """Do a command; the row of what it told."""
    (outcome,) = await commit_many(store, [Member(Cause(command), partial(put, purse, 1))])
    assert outcome.error is None
    rows = await store.mongo.find(COLLECTION, {"key": purse.encode()}, sort=[("sequence", -1)], limit=1)
    return rows[0]


async def test_who_is_there_and_who_comes_anew_go_on_behind_what_was_lost(store: Store) -> None:
    await pay(store, "old", "one")
    await keep_floors(store.mongo, {"old": 7, "new": 3})
    await keep_floors(store.mongo, {"old": 5})
    again = await store_on(store.mongo, SystemClock())
    assert (await pay(again, "old", "two"))["sequence"] == 8
    assert (await pay(again, "old", "three"))["sequence"] == 9
    assert (await pay(again, "new", "four"))["sequence"] == 4
    assert (await pay(again, "other", "five"))["sequence"] == 1


async def test_what_is_done_again_is_told_under_another_id_in_every_era(database: Databases) -> None:
    ids = set()
    for era in (None, "first", "second"):
        mongo = database()
        store = await store_on(mongo)
        if era is not None:
            await begin_era(mongo, era)
        ids.add((await pay(store, "p", "the same command"))["_id"])
    assert len(ids) == 3


async def test_without_a_restore_the_same_command_has_the_same_id_everywhere(database: Databases) -> None:
    ids = {(await pay(await store_on(database()), "p", "the same command"))["_id"] for _ in range(2)}
    assert len(ids) == 1


async def test_lost_events_are_remembered_beyond_the_inbox(store: Store) -> None:
    await keep_lost(store.mongo, "test.issue.grew", ["a", "b"], SystemClock().now())
    assert await store.mongo.count("inbox", {"_id": {"$in": ["test.issue.grew:a", "test.issue.grew:b"]}}) == 2
    assert await lost_among(store.mongo, ["a", "c"]) == {"a"}


async def test_numbers_go_on_behind_the_highest_that_anybody_has_heard_of(store: Store) -> None:
    await Numbers(store.mongo).take("C-2026", 5)
    await move_on(store.mongo, {"C-2026": 321, "N-2026": 4}, 1000, range(2026, 2028))
    numbers = Numbers(store.mongo)
    assert await numbers.take("C-2026", 1) == ["C-2026-001322"]
    assert await numbers.take("N-2026", 1) == ["N-2026-001005"]
    assert await numbers.take("C-2027", 1) == ["C-2027-001001"]  # a year that began in the time that was lost
