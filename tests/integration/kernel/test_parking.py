"""Events that come before what they speak of: kept, taken up with it, and never forgotten, however the two meet."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from shared.db.client import Document, Mongo
from shared.db.outbox import COLLECTION as OUTBOX
from tests.conftest import Servers
from tests.integration.kernel.letters import Letters, created, paid, stamped
from tests.integration.kernel.purse import store_on

Databases = Callable[..., Mongo]
MEETINGS = 60


@pytest.fixture
async def letters(database: Databases) -> Letters:
    """Consumers on an empty database."""
    return Letters(await store_on(database()))


async def rows(letters: Letters, collection: str) -> list[Document]:
    return await letters.store.mongo.find(collection, {})


async def purse(letters: Letters, id: str = "p") -> Document:
    (row,) = await letters.store.mongo.find("purses", {"_id": id})
    return row


async def test_an_event_that_is_too_early_is_kept_and_does_nothing_yet(letters: Letters) -> None:
    event = paid("p", 1)
    await letters.take(event)
    (parked,) = await rows(letters, "parked")
    assert (parked["waits_for"], parked["consumer"]) == ("Purse:p", "test.complaint.classified")
    assert await rows(letters, "purses") == []
    assert await rows(letters, "dead_letters") == []


async def test_it_is_taken_up_in_the_transaction_of_its_prerequisite(letters: Letters) -> None:
    await letters.take(paid("p", 7))
    await letters.take(created("p"))
    row = await purse(letters)
    assert (row["money"], row["version"]) == (7, 1)
    assert await rows(letters, "parked") == []


async def test_those_of_one_topic_are_taken_up_in_their_order(letters: Letters) -> None:
    for amount in (1, 2, 3):
        await letters.take(paid("p", amount))
    await letters.take(created("p"))
    assert (await purse(letters))["money"] == 3
    assert await rows(letters, "dead_letters") == []


async def test_what_is_parked_does_not_hold_up_the_rest_of_its_batch(letters: Letters) -> None:
    await letters.take(created("there"))
    await letters.take(paid("early", 1), paid("there", 2), paid("early", 3))
    assert (await purse(letters, "there"))["money"] == 2
    await letters.take(created("early"))
    assert (await purse(letters, "early"))["money"] == 3


async def test_both_in_one_batch_need_no_parking_afterwards(letters: Letters) -> None:
    await letters.take(*(paid(f"p{n}", 1) for n in range(50)))
    await letters.take(*(created(f"p{n}") for n in range(50)))
    assert [row["money"] for row in await rows(letters, "purses")] == [1] * 50
    assert await rows(letters, "parked") == []


async def test_one_that_needs_two_waits_for_the_second_when_the_first_has_come(letters: Letters) -> None:
    await letters.take(stamped("p", "q"))
    await letters.take(created("p"))
    assert [row["waits_for"] for row in await rows(letters, "parked")] == ["Purse:q"]
    await letters.take(created("q"))
    assert await rows(letters, "parked") == []
    assert [row["purse"] for row in await rows(letters, "marks")] == ["q"]


async def test_one_that_fails_when_taken_up_becomes_a_dead_letter_alone(letters: Letters) -> None:
    for amount in (5, 4, 6):  # the second is refused, because amounts have to go up
        await letters.take(paid("p", amount))
    await letters.take(created("p"))
    assert (await purse(letters))["money"] == 6
    (letter,) = await rows(letters, "dead_letters")
    assert (letter["error"], letter["consumer"]) == ("AssertionError", "test.complaint.classified")
    assert await rows(letters, "parked") == []
    told = await letters.store.mongo.find(OUTBOX, {"topic": "test.complaint.classified.dlq"})
    assert [row["body"] for row in told] == [letter["body"]]


async def meet(letters: Letters, other: Letters, id: str) -> None:
    """Both have read that the other is not there before either writes."""
    both = asyncio.Barrier(2)
    for side in (letters, other):
        _wait_before_first_write(side.store.mongo, both)
    await asyncio.gather(letters.take(created(id)), other.take(paid(id, 1)))


def _wait_before_first_write(mongo: Mongo, both: asyncio.Barrier) -> None:
    insert = type(mongo).insert

    async def waiting(*args: Any, **more: Any) -> None:
        del mongo.insert
        await both.wait()
        await insert(mongo, *args, **more)

    mongo.insert = waiting  # type: ignore[method-assign]


async def test_prerequisite_and_follower_at_once_never_miss_each_other(letters: Letters, servers: Servers) -> None:
    other = letters.also(Mongo(servers.mongo, letters.store.mongo.name))
    for n in range(MEETINGS):
        await meet(letters, other, f"p{n}")
    other.store.mongo.close()
    assert [row["money"] for row in await rows(letters, "purses")] == [1] * MEETINGS
    assert await rows(letters, "parked") == []
    assert await rows(letters, "dead_letters") == []
