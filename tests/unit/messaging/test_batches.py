"""A batch that the database cannot take in time is taken in parts, in its order, instead of being tried for ever."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from shared.contracts.catalogue import entry_of
from shared.contracts.complaint import ComplaintCreated
from shared.db.member import Member, Outcome
from shared.errors import Unavailable
from shared.messaging import consumer, failure
from shared.messaging.burial import Raw
from shared.messaging.consumer import SMALLEST, Consumer
from shared.messaging.failure import DeadLetterLimit, TooManyDeadLetters
from shared.runtime.clock import SetClock
from shared.testing.fake import NOON
from tests.integration.kernel.letters import created, open_purse, record_of

BATCH = 300


class SlowDatabase:
    """Gets through with so many members in time, and with more never."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.done: list[str] = []

    async def commit_many(self, _: object, members: Sequence[Member]) -> list[Outcome]:
        if len(members) > self.most:
            raise Unavailable(retry_after=1)
        self.done += [member.cause.event_id for member in members]
        return [Outcome() for _ in members]


@pytest.fixture(autouse=True)
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failure, "FIRST_PAUSE", 0.0)


async def take(database: SlowDatabase, records: list[Raw], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer, "commit_many", database.commit_many)
    store: Any = SimpleNamespace(service="test", turn=asyncio.Lock())
    limit = DeadLetterLimit(1, 60.0)
    patience = 0.5
    made = Consumer(store, entry_of(ComplaintCreated), open_purse, limit, patience, lambda: None)
    await made.take(records)


def ids_of(records: list[Raw]) -> list[str]:
    return [dict(record.headers)["ce_id"].decode() for record in records]


@pytest.mark.parametrize("most", [BATCH, BATCH - 1, 100, SMALLEST])
async def test_a_batch_gets_through_whole_and_in_order(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    database, records = SlowDatabase(most), [record_of(created(f"p{n}")) for n in range(BATCH)]
    await take(database, records, monkeypatch)
    assert database.done == ids_of(records)


async def test_a_database_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    database, records = SlowDatabase(0), [record_of(created("p"))]
    monkeypatch.setattr(failure, "FIRST_PAUSE", 1.0)
    with pytest.raises(Unavailable):
        await take(database, records, monkeypatch)


async def test_letters_that_could_not_be_written_at_first_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> list[Outcome]:
        raise Unavailable(retry_after=1)

    async def nothing(*_: object, **__: object) -> list[dict[str, Any]]:
        return []

    database, limit, bad = SlowDatabase(BATCH), DeadLetterLimit(1, 60.0), record_of(created("p"))
    store: Any = SimpleNamespace(
        service="test", turn=asyncio.Lock(), mongo=SimpleNamespace(find=nothing), clock=SetClock(NOON)
    )
    made = Consumer(store, entry_of(ComplaintCreated), open_purse, limit, 0.0, lambda: None)
    for commit in (away, away, database.commit_many):
        monkeypatch.setattr(consumer, "commit_many", commit)
        with suppress(Unavailable):
            await made.take([replace(bad, value=b"{")])
    assert len(database.done) == 1
    with pytest.raises(TooManyDeadLetters):
        limit.check(1)
