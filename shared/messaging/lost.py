"""Events that stand on a topic though the database that should have told them does not know them.

That is so when a database was restored that is older than its topics: they were told after the backup.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from shared.contracts.catalogue import OUTBOX_AGE, Entry
from shared.db.client import Mongo
from shared.db.outbox import COLLECTION
from shared.messaging.feed import Heard, heard_in
from shared.messaging.reading import Raw, read_through
from shared.runtime.credentials import Brokers

CLOCKS_DIFFER: Final = timedelta(minutes=10)
"""What was put on a topic so long before the backup was surely known to it, whatever the machines' clocks say."""


@dataclass(frozen=True, slots=True)
class LostEvent:
    """An event whose writing was lost, as it stands on its topic."""

    heard: Heard
    at: datetime
    body: bytes


Take = Callable[[Sequence[LostEvent]], Awaitable[None]]


async def survey(
    mongo: Mongo, brokers: Brokers, topic: str, entry: Entry, taken_at: datetime, take: Take
) -> datetime | None:
    """Hand over what a database does not know of its own topic, and say when the newest record was put there.

    None: the topic is empty as far back as the outbox reaches. `taken_at` is when the backup was made.
    """
    newest: datetime | None = None
    async for records in read_through(brokers, topic, taken_at - OUTBOX_AGE):
        times = [_time(record) for record in records]
        newest = max(times) if newest is None else max(newest, *times)
        late = [r for r, at in zip(records, times, strict=True) if at >= taken_at - CLOCKS_DIFFER]
        if lost := await _unknown(mongo, entry, late):
            await take(lost)
    return newest


def _time(record: Raw) -> datetime:
    return datetime.fromtimestamp(record.timestamp / 1000, UTC)


async def _unknown(mongo: Mongo, entry: Entry, records: Sequence[Raw]) -> list[LostEvent]:
    heard = [(record, said) for record in records if (said := heard_in(entry, record)) is not None]
    if not heard:
        return []
    ids = [said.event_id for _, said in heard]
    known = {row["_id"] for row in await mongo.find(COLLECTION, {"_id": {"$in": ids}}, fields={"_id": 1})}
    reached = await _reached(mongo, entry, heard) if entry.compacted else {}
    return [
        LostEvent(said, _time(record), record.value or b"")
        for record, said in heard
        if said.event_id not in known and said.sequence > reached.get(said.subject, 0)
    ]


async def _reached(mongo: Mongo, entry: Entry, heard: Sequence[tuple[Raw, Heard]]) -> dict[str, int]:
    """How far the outbox of a compacted topic is for each key: rows that newer ones replaced are not kept."""
    keys = [said.subject.encode() for _, said in heard]
    query = {"key": {"$in": keys}, "sequence": {"$gt": 0}, "topic": entry.topic}
    rows = await mongo.find(COLLECTION, query, fields={"key": 1, "sequence": 1})
    reached: dict[str, int] = {}
    for row in rows:
        key = bytes(row["key"]).decode(errors="replace")
        reached[key] = max(row["sequence"], reached.get(key, 0))
    return reached
