"""A topic read through once, without a group: from a time, or from its beginning, to its end as it is now."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final, TypeAlias

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from shared.errors import Unavailable
from shared.messaging.kafka import AT_ONCE, WAIT, groupless_consumer
from shared.runtime.credentials import Brokers

Raw: TypeAlias = "ConsumerRecord[bytes, bytes]"
BATCH: Final = 500
_POLL: Final = 500


async def read_through(brokers: Brokers, topic: str, since: datetime | None = None) -> AsyncIterator[list[Raw]]:
    """Batches of the records of a topic that exists, in order per partition. Raises `Unavailable`."""
    consumer = groupless_consumer(brokers, topic, fetching=AT_ONCE)
    try:
        async with asyncio.timeout(WAIT):
            await consumer.start()
            ends = await _place(consumer, since)
        while await _is_short_of(consumer, ends):
            async with asyncio.timeout(WAIT):
                found = await consumer.getmany(timeout_ms=_POLL, max_records=BATCH)
            for records in found.values():
                yield list(records)
    except (TimeoutError, KafkaError) as error:
        raise Unavailable(retry_after=5) from error
    finally:
        await consumer.stop()


async def _place(consumer: AIOKafkaConsumer, since: datetime | None) -> dict[TopicPartition, int]:
    """Put the consumer where it begins; where each partition ends."""
    places = sorted(consumer.assignment())
    ends: dict[TopicPartition, int] = await consumer.end_offsets(places)
    if since is None:
        await consumer.seek_to_beginning(*places)
        return ends
    found = await consumer.offsets_for_times(dict.fromkeys(places, int(since.timestamp() * 1000)))
    for place in places:
        at = found.get(place)
        consumer.seek(place, at.offset if at is not None else ends[place])
    return ends


async def _is_short_of(consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int]) -> bool:
    return any([await consumer.position(place) < end for place, end in ends.items()])
