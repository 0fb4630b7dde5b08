"""A topic that was lost is told anew from the outbox: the same ids, keys, sequences and bytes, through the relay."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Final

from shared.contracts.catalogue import Entry
from shared.db.client import Mongo
from shared.db.outbox import COLLECTION
from shared.db.sent import unmark_topic
from shared.messaging.relay import Relay
from shared.messaging.topics import create_topics
from shared.runtime.ids import random_id
from shared.runtime.settings import Settings

STALLED: Final = 30.0
"""Seconds without a row being sent after which something holds the rest back."""
LOOK: Final = 0.1


@dataclass(frozen=True, slots=True)
class Resent:
    """How many events were sent again, and when the oldest of them was told."""

    count: int
    oldest: datetime | None


class HeldBack(Exception):
    """Rows could not be sent; they stay in the outbox, and the service's relay goes on trying."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} rows are held back")
        self.left = left


async def resend(entry: Entry, settings: Settings, since: datetime | None) -> Resent:
    """Send what the outbox keeps of a topic, told since then. Works beside a running relay and without one.

    Raises `HeldBack`, `Unavailable`, `StoreError`.
    """
    mongo = Mongo(settings.mongo_url, settings.named(f"ccms_{entry.owner}"))
    try:
        await create_topics(settings, [entry.owner])
        count, oldest = await unmark_topic(mongo, entry.topic, told_since=since)
        relay = Relay(mongo, settings.brokers, settings.namespace, entry.owner, f"resending-{random_id()}")
        running = asyncio.create_task(relay.run())
        try:
            await _until_sent(mongo, entry)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
        return Resent(count, oldest)
    finally:
        mongo.close()


def _unsent(entry: Entry) -> dict[str, object]:
    return {"topic": entry.topic, "unsent": True}


async def _until_sent(mongo: Mongo, entry: Entry) -> None:
    left, since = await mongo.count(COLLECTION, _unsent(entry)), monotonic()
    while left:
        await asyncio.sleep(LOOK)
        now = await mongo.count(COLLECTION, _unsent(entry))
        if now < left:
            left, since = now, monotonic()
        elif monotonic() - since > STALLED:
            raise HeldBack(left)
