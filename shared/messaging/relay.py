"""The relay: sends outbox rows to Kafka in transactions, in order per key, as the only one of its service."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic

from aiokafka.errors import (
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)

from shared.db.aggregate import Document
from shared.db.client import Mongo, StoreError
from shared.db.lease import SECONDS, Lease
from shared.db.outbox import COLLECTION, UNSENT
from shared.db.sent import mark_sent, unmark_since
from shared.errors import Unavailable
from shared.messaging.kafka import topics_there
from shared.messaging.sender import Sender
from shared.obs import metrics
from shared.obs.log import logger
from shared.runtime import crash

ROUND = 1000
ROUND_BYTES = 8 * 1024 * 1024
IDLE = 1.0
HOLD_BACK = 10.0
"""Seconds for which a key is held back after one of its events could not be sent."""
ROW_FAULTS = (
    MessageSizeTooLargeError,
    TopicAuthorizationFailedError,
    InvalidTopicError,
    UnknownTopicOrPartitionError,
    AssertionError,
    TypeError,
    ValueError,
)
"""What the fault of one row looks like; anything else is Kafka's trouble, and all rows wait."""


class Relay:
    """Runs until stopped. `wake()` is called when this process has committed something."""

    def __init__(self, mongo: Mongo, servers: str, namespace: str, service: str, holder: str) -> None:
        self._mongo, self._servers, self._service = mongo, servers, service
        self._namespace = namespace
        self._lease = Lease(mongo, "relay", holder)
        self._woken = asyncio.Event()
        self._held: dict[bytes, float] = {}
        self._topics: set[str] = set()
        self._sender = Sender(servers, f"{namespace}{service}.relay", namespace)
        self._renewed = 0.0
        self.beat = monotonic()

    def wake(self) -> None:
        """There is something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Hold the lease and send, for ever; whatever goes wrong is tried again."""
        try:
            while True:
                try:
                    await self._serve()
                except (KafkaError, StoreError, TimeoutError, Unavailable) as error:
                    logger.warning("relay.trouble", service=self._service, error=repr(error))
                    await self._close_sender()
                await asyncio.sleep(IDLE / 2)
        finally:
            await asyncio.shield(self._leave())

    async def drain(self, seconds: float) -> None:
        """Wait until everything is sent, at most this long (shutdown)."""
        with suppress(TimeoutError, StoreError):
            async with asyncio.timeout(seconds):
                while self._sender.is_open and await self._mongo.count(COLLECTION, UNSENT, limit=1):
                    self.wake()
                    await asyncio.sleep(0.02)

    async def _serve(self) -> None:
        while await self._may_send():
            self._woken.clear()
            self.beat = monotonic()
            rows = await self._unsent()
            if rows:
                await self._send(rows)
            if not rows:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), IDLE)

    async def _may_send(self) -> bool:
        """Hold the lease and a producer, the lease as of after its opening.

        Whoever takes the lease later opens a producer of their own later, which fences this one: so what is read from
        now on may be sent with it, however long this process sleeps in between.
        """
        if not await self._has_lease():
            return False
        if self._sender.is_open:
            return True
        await self._sender.open()
        self._renewed = 0.0
        return await self._has_lease()

    async def _has_lease(self) -> bool:
        self.beat = monotonic()
        if monotonic() - self._renewed < SECONDS / 3:
            return True
        asked = monotonic()
        if not await self._lease.hold():
            await self._close_sender()
            return False
        self._renewed = asked
        await self._measure()
        return True

    async def _close_sender(self) -> None:
        self._renewed = 0.0
        await self._sender.close()

    async def _leave(self) -> None:
        await self._close_sender()
        with suppress(StoreError):
            await self._lease.let_go()

    async def _unsent(self, key: bytes | None = None) -> list[Document]:
        """The next rows of all keys that are not held back, or of one."""
        now = monotonic()
        self._held = {key: until for key, until in self._held.items() if until > now}
        metrics.OUTBOX_HELD.labels(self._service).set(len(self._held))
        query: Document = dict(UNSENT)
        if key is not None:
            query["key"] = key
        elif self._held:
            query["key"] = {"$nin": list(self._held)}
        order = [("at", 1), ("sequence", 1)]
        async with self._mongo.moment() as moment:  # or an event could be found without the one told before it
            return await self._mongo.find(
                COLLECTION, query, sort=order, limit=ROUND, most_bytes=ROUND_BYTES, session=moment
            )

    async def _send(self, rows: Sequence[Document]) -> None:
        crash.point("relay.before_send")
        rows = await self._with_topics(rows)
        if not rows:
            return
        try:
            await self._sender.send(rows)
        except ROW_FAULTS as error:
            await self._send_apart(rows, error)
            return
        await self._mark(rows)

    async def _with_topics(self, rows: Sequence[Document]) -> Sequence[Document]:
        """All but the keys that a missing topic holds back: learning it by sending would keep all waiting."""
        needed = {f"{self._namespace}{row['topic']}" for row in rows}
        if needed - self._topics:
            self._topics = await topics_there(self._servers)
        missing = needed - self._topics
        bad = {row["key"] for row in rows if f"{self._namespace}{row['topic']}" in missing}
        if bad:
            self._hold_back([row for row in rows if row["key"] in bad], UnknownTopicOrPartitionError())
        return [row for row in rows if row["key"] not in bad]

    async def _send_apart(self, rows: Sequence[Document], error: Exception) -> None:
        """One key at a time, so that only the key of a bad row waits; read anew under each producer."""
        logger.warning("relay.apart", service=self._service, error=type(error).__name__, rows=len(rows))
        await self._close_sender()
        for key in dict.fromkeys(row["key"] for row in rows):
            if not await self._may_send():
                return
            own = await self._unsent(key)
            try:
                await self._sender.send(own)
            except ROW_FAULTS as own_error:
                self._hold_back(own, own_error)
                await self._close_sender()
            else:
                await self._mark(own)

    def _hold_back(self, rows: Sequence[Document], error: Exception) -> None:
        self._held |= {row["key"]: monotonic() + HOLD_BACK for row in rows}
        metrics.OUTBOX_HELD.labels(self._service).set(len(self._held))
        logger.error("relay.held_back", service=self._service, error=type(error).__name__, row=rows[0]["_id"])

    async def _mark(self, rows: Sequence[Document]) -> None:
        await mark_sent(self._mongo, rows, datetime.now(UTC))
        metrics.OUTBOX_SENT.labels(self._service).inc(len(rows))
        crash.point("relay.marked")

    async def _measure(self) -> None:
        oldest = await self._mongo.find(COLLECTION, UNSENT, sort=[("at", 1)], limit=1, fields={"at": 1})
        age = (datetime.now(UTC) - oldest[0]["at"]).total_seconds() if oldest else 0.0
        metrics.OUTBOX_AGE.labels(self._service).set(max(0.0, age))

    async def watch(self) -> None:
        """Wake for rows of other processes. The stream only wakes; it is opened anew for each burst."""
        while True:
            with suppress(StoreError):
                async for _ in self._mongo.changes(COLLECTION):
                    self.wake()
                    break
            self.wake()
            await asyncio.sleep(0.05)


async def send_again(mongo: Mongo, last: timedelta) -> int:
    """Have what was sent lately sent once more: after an unclean start Kafka may have lost what the disk had not."""
    return await unmark_since(mongo, datetime.now(UTC) - last)
