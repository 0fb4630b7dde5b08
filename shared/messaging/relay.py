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
from shared.db.changes import Listening
from shared.db.client import Mongo, StoreError
from shared.db.lease import SECONDS, Lease
from shared.db.outbox import COLLECTION
from shared.db.sent import unmark_since
from shared.errors import Unavailable
from shared.messaging.counting import count_from_zero, count_sent
from shared.messaging.kafka import topics_there
from shared.messaging.marking import Marking
from shared.messaging.sender import Sender
from shared.messaging.unsent import Unsent
from shared.obs.holding import holds
from shared.obs.log import logger
from shared.runtime import crash
from shared.runtime.credentials import Brokers

IDLE = 1.0
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

    def __init__(self, mongo: Mongo, brokers: Brokers, namespace: str, service: str, holder: str) -> None:
        self._mongo, self._brokers, self._service = mongo, brokers, service
        self._namespace = namespace
        self._lease = Lease(mongo, "relay", holder)
        self._woken = asyncio.Event()
        self._unsent, self._marking = Unsent(mongo, service), Marking(mongo)
        self._topics: set[str] = set()
        self._sender = Sender(brokers, service, namespace)
        self._renewed = 0.0
        self.beat = monotonic()

    def wake(self) -> None:
        """There is something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Hold the lease and send, for ever; whatever goes wrong is tried again."""
        count_from_zero(self._service)
        try:
            while True:
                try:
                    await self._serve()
                except (KafkaError, StoreError, TimeoutError, Unavailable) as error:
                    because = type(error.__cause__).__name__
                    logger.warning("relay.trouble", service=self._service, error=repr(error), because=because)
                    await self._close_sender()
                await asyncio.sleep(IDLE / 2)
        finally:
            await asyncio.shield(self._leave())

    async def drain(self, seconds: float) -> None:
        """Wait until everything is sent, at most this long (shutdown)."""
        with suppress(TimeoutError, StoreError):
            async with asyncio.timeout(seconds):
                while self._sender.is_open and await self._unsent.any():
                    self.wake()
                    await asyncio.sleep(0.02)

    async def _serve(self) -> None:
        ahead: Sequence[Document] = ()
        while await self._may_send():
            self.beat = monotonic()
            rows, ahead = ahead or await self._read(), ()
            if self._unsent.may_be_more(rows):
                ahead = await self._send_reading_on(rows)
            elif not rows or await self._send(rows):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), IDLE)

    async def _read(self, besides: Sequence[Document] = ()) -> Sequence[Document]:
        """The next round; whoever is woken from here on may have committed what it has not seen."""
        self._woken.clear()
        return await self._unsent.rows(besides=[*besides, *await self._marking.waiting()])

    async def _send_reading_on(self, rows: Sequence[Document]) -> Sequence[Document]:
        """Send a full round while the next one is read.

        That one is given back only when all of this one is sent under the producer that was open when it was read:
        nothing overtakes what is held back, or what would be sent once more.
        """
        reading = asyncio.create_task(self._read(besides=rows))
        try:
            went = await self._send(rows)
        except BaseException:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            raise
        ahead = await reading
        return ahead if went else ()

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
        held = await self._lease.hold()
        holds(self._service, "relay", held)
        if not held:
            await self._close_sender()
            with suppress(StoreError):
                await self._marking.settle()
            return False
        self._renewed = asked
        await self._unsent.measure()
        return True

    async def _close_sender(self) -> None:
        self._renewed = 0.0
        await self._sender.close()

    async def _leave(self) -> None:
        await self._close_sender()
        with suppress(Exception):  # whatever became of the marks, the next one need not wait for the lease
            await self._marking.settle()
        with suppress(StoreError):
            await self._lease.let_go()

    async def _send(self, rows: Sequence[Document]) -> bool:
        """Send and mark; whether all of them went, and by the producer that is open."""
        crash.point("relay.before_send")
        all_rows, rows = len(rows), await self._with_topics(rows)
        if not rows:
            return False
        try:
            await self._sender.send(rows)
        except ROW_FAULTS as error:
            await self._send_apart(rows, error)
            return False
        await self._sent(rows)
        return len(rows) == all_rows

    async def _with_topics(self, rows: Sequence[Document]) -> Sequence[Document]:
        """All but the keys that a missing topic holds back: learning it by sending would keep all waiting."""
        needed = {f"{self._namespace}{row['topic']}" for row in rows}
        if needed - self._topics:
            self._topics = await topics_there(self._brokers)
        missing = needed - self._topics
        bad = {row["key"] for row in rows if f"{self._namespace}{row['topic']}" in missing}
        if bad:
            self._unsent.hold_back([row for row in rows if row["key"] in bad], UnknownTopicOrPartitionError())
        return [row for row in rows if row["key"] not in bad]

    async def _send_apart(self, rows: Sequence[Document], error: Exception) -> None:
        """One key at a time, so that only the key of a bad row waits; read anew under each producer."""
        logger.warning("relay.apart", service=self._service, error=type(error).__name__, rows=len(rows))
        await self._close_sender()
        for key in dict.fromkeys(row["key"] for row in rows):
            if not await self._may_send():
                return
            own = await self._unsent.rows(key, besides=await self._marking.waiting())
            try:
                await self._sender.send(own)
            except ROW_FAULTS as own_error:
                self._unsent.hold_back(own, own_error)
                await self._close_sender()
            else:
                await self._sent(own)

    async def _sent(self, rows: Sequence[Document]) -> None:
        count_sent(self._service, rows)
        await self._marking.add(rows)

    async def watch(self, new: Listening) -> None:
        """Wake for rows of other processes, as MongoDB tells of them; of most of its own it has heard before."""
        while True:
            with suppress(StoreError):
                async with new:
                    self.wake()
                    while heard := await new.changed():
                        if not self._marking.lately.issuperset(heard[COLLECTION]):
                            self.wake()
            await asyncio.sleep(IDLE)


async def send_again(mongo: Mongo, last: timedelta) -> int:
    """Have what was sent lately sent once more: after an unclean start Kafka may have lost what the disk had not."""
    return await unmark_since(mongo, datetime.now(UTC) - last)
