"""Reading a topic through, as `ccms rebuild` and `ccms restore` do with every topic of a service."""

from time import perf_counter
from uuid import uuid4

import pytest

from shared.messaging.kafka import TopicToMake, make_topics, plain_producer
from shared.messaging.reading import BATCH, read_through
from shared.runtime.settings import Settings

LONG_POLL = 0.5
"""Seconds; so long Kafka keeps a question about a topic on which nothing comes, unless it is asked not to."""


@pytest.fixture
async def topic(settings: Settings) -> str:
    name = settings.named(f"read-{uuid4().hex[:8]}")
    await make_topics(settings.brokers, [TopicToMake(name, 3, {})], 1)
    return name


async def read(settings: Settings, topic: str) -> list[bytes]:
    return [record.value or b"" async for records in read_through(settings.brokers, topic) for record in records]


async def test_an_empty_topic_is_no_wait(settings: Settings, topic: str) -> None:
    assert await read(settings, topic) == []
    took = []
    for _ in range(5):
        began = perf_counter()
        await read(settings, topic)
        took.append(perf_counter() - began)
    assert min(took) < LONG_POLL / 2


async def test_all_of_all_partitions_is_read_once(settings: Settings, topic: str) -> None:
    values = {str(n).encode() for n in range(2 * BATCH + 1)}
    producer = plain_producer(settings.brokers)
    await producer.start()
    for value in values:
        await producer.send(topic, value, key=value)
    await producer.stop()
    found = await read(settings, topic)
    assert (len(found), set(found)) == (len(values), values)
