"""What the relay reads is the outbox of one moment: an event is never found without the one told before it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo.synchronous.cursor import Cursor

from shared.db.client import Document, Mongo
from shared.db.outbox import COLLECTION, UNSENT
from shared.messaging.unsent import Unsent
from tests.integration.kernel.purse import store_on

BACKLOG = 300
BEGUN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def row(key: str, sequence: int, milliseconds: int) -> Document:
    at = BEGUN + timedelta(milliseconds=milliseconds)
    return {
        "_id": f"{key}{sequence}",
        "topic": "x",
        "key": key.encode(),
        "sequence": sequence,
        "at": at,
        "body": b"{}",
        **UNSENT,
    }


async def unsent(mongo: Mongo) -> list[str]:
    found = await Unsent(mongo, "test").rows()
    return [each["_id"] for each in found if each["key"] == b"late"]


async def test_two_events_told_while_it_reads_are_found_both_or_neither(
    database: Callable[[str], Mongo], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first stands where the reader has passed by, because its transaction began early and took its time."""
    mongo = database("moment")
    await store_on(mongo)
    await mongo.insert(COLLECTION, [row(f"waiting{n}", 1, n) for n in range(BACKLOG)])
    read_on, times = Cursor._refresh, 0

    def read_some(cursor: Any) -> Any:
        nonlocal times
        times += 1
        if times == 4:
            cursor.collection.insert_one(row("late", 1, 5))
            cursor.collection.insert_one(row("late", 2, BACKLOG - 5))
        return read_on(cursor)

    monkeypatch.setattr(Cursor, "_refresh", read_some)
    monkeypatch.setattr("shared.db.client.mongo.AT_ONCE", BACKLOG // 6)
    assert await unsent(mongo) == []
    assert times > 4
    assert await unsent(mongo) == ["late1", "late2"]
