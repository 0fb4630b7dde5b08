"""FastStream subscribers for a service's consumers: batches, manual commits, and a stop that loses nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from time import monotonic, time
from typing import Any

from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage

from shared.db.client import StoreError
from shared.errors import Unavailable
from shared.messaging.consumer import Consumer
from shared.messaging.failure import TooManyDeadLetters
from shared.messaging.kafka import LARGEST_RECORD, TOGETHER
from shared.obs import metrics
from shared.obs.log import kind_and_place, logger
from shared.runtime import crash

Records = tuple[ConsumerRecord[Any, Any], ...]
RESTART = 3.0
COMMIT = 10.0
RAISED_BY = "CCMS_DEAD_LETTER_LIMIT"
SILENT = 60.0
"""Seconds without a poll after which a consumer is not alive."""


async def keep_bytes(records: Records, parse: Callable[[Records], Awaitable[KafkaMessage]]) -> KafkaMessage:
    """Parse without looking at headers: one that is not UTF-8 must not make a record vanish."""
    message = await parse(tuple(replace(record, headers=()) for record in records))
    message.raw_message = records
    return message


async def leave_undecoded(message: KafkaMessage) -> KafkaMessage:
    """Decoding is the consumer's work: what cannot be decoded becomes a dead letter there."""
    return message


class Subscription:
    """One consumer on Kafka: started, watched, started again after trouble."""

    def __init__(
        self, broker: KafkaBroker, consumer: Consumer, topic: str, group: str, batch: int, *, unhurried: bool = False
    ) -> None:
        self.consumer, self._group = consumer, group
        self.stopped_because: str | None = None
        self.beat = monotonic()
        self._under_way: dict[TopicPartition, int] = {}
        self._subscriber = broker.subscriber(
            topic,
            batch=True,
            max_records=batch,
            group_id=group,
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.MANUAL,
            isolation_level="read_committed",
            session_timeout_ms=6_000,
            heartbeat_interval_ms=1_500,
            max_poll_interval_ms=300_000,
            max_partition_fetch_bytes=4 * LARGEST_RECORD,
            **(TOGETHER if unhurried else {}),
            no_reply=True,
            parser=keep_bytes,
            decoder=leave_undecoded,
        )
        self._subscriber(self._take)

    async def _take(self, message: KafkaMessage) -> None:
        records: Sequence[ConsumerRecord[Any, Any]] = message.raw_message
        message.clear_cache()  # it holds itself there: no batch should wait for the collector
        if self.stopped_because is not None:  # a later commit would pass over the batch that was given up
            return
        self._under_way = {
            TopicPartition(r.topic, r.partition): r.offset for r in reversed(records)
        }  # the first of each
        try:
            await self.consumer.take(records)
        except (Unavailable, TooManyDeadLetters) as error:
            await self._give_up(error, for_good=isinstance(error, TooManyDeadLetters))
            return
        except Exception as error:
            logger.error("consumer.broken", consumer=self.consumer.name, **kind_and_place(error))
            await self._give_up(error, for_good=False)
            return
        crash.point("consumer.before_offset")
        with suppress(KafkaError, TimeoutError):  # a rebalance took the partition: its records come again and are known
            async with asyncio.timeout(COMMIT):
                await message.ack()
        crash.point("consumer.after_offset")
        self._under_way = {}
        oldest = min(record.timestamp for record in records) / 1000
        metrics.CONSUMER_DELAY.labels(self.consumer.name).observe(max(0.0, time() - oldest))

    async def _give_up(self, error: Exception, *, for_good: bool) -> None:
        """Poll no more and commit nothing, so that the batch comes again."""
        self.stopped_because = f"{'limit' if for_good else 'trouble'}: {type(error).__name__}"
        how = {"records": str(error), "raised_by": RAISED_BY} if for_good else {}
        logger.error("consumer.stopped", consumer=self.consumer.name, because=self.stopped_because, **how)
        if for_good:
            with suppress(StoreError):
                await self.consumer.has_stopped(str(error))

    async def _measure_lag(self) -> None:
        """Also between batches: while one takes long, more comes. What is under way is not done yet."""
        client, lag = self._subscriber.consumer, 0
        if client is None:
            return
        with suppress(KafkaError, TimeoutError):
            async with asyncio.timeout(RESTART):
                for place in client.assignment():
                    under_way = self._under_way.get(place)
                    done = await client.position(place) if under_way is None else under_way
                    if place not in client.assignment():  # it was taken away meanwhile
                        continue
                    lag += max(0, (client.highwater(place) or done) - done)
            metrics.CONSUMER_LAG.labels(self.consumer.name).set(lag)

    async def start(self) -> None:
        """Join the group; the poll loop then touches `beat`."""
        self.stopped_because, self._under_way = None, {}
        await asyncio.wait_for(self._subscriber.start(), 30)
        client = self._subscriber.consumer
        if client is None:
            raise Unavailable(retry_after=5)
        poll = client.getmany

        async def beating(*args: Any, **kwargs: Any) -> Any:
            self.beat = monotonic()
            if self.stopped_because is not None:  # `watch` takes it out of the group: its own task would be cancelled
                await asyncio.Event().wait()
            return await poll(*args, **kwargs)

        client.getmany = beating
        self.beat = monotonic()
        with suppress(StoreError):
            await self.consumer.runs()

    async def stop(self) -> None:
        """Leave the group."""
        with suppress(Exception):
            await asyncio.wait_for(self._subscriber.stop(), 5)

    def is_alive(self) -> bool:
        """Whether it polls and did not stop for good."""
        return self.stopped_because is None and monotonic() - self.beat < SILENT

    async def watch(self) -> None:
        """Start it, and again after trouble; a stop at the limit is left for a person."""
        await self._try_to_start()
        while True:
            await asyncio.sleep(RESTART)
            metrics.CONSUMER_STOPPED.labels(self.consumer.name).set(self.stopped_because is not None)
            if self.stopped_because is None:
                await self._measure_lag()
                continue
            await self.stop()
            if self.stopped_because.startswith("limit"):
                return
            await self._try_to_start()

    async def _try_to_start(self) -> None:
        try:
            await self.start()
        except (KafkaError, TimeoutError, Unavailable) as error:
            self.stopped_because = f"trouble: {type(error).__name__}"
            logger.warning("consumer.trouble", consumer=self.consumer.name, error=repr(error))
