"""A round of the relay as batches: on the partitions where Kafka's own clients put it, each in its order."""

from collections import defaultdict
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer, ConsumerRecord
from aiokafka.errors import MessageSizeTooLargeError

from shared.messaging.kafka import (
    TopicToMake,
    drop_topics,
    groupless_consumer,
    make_topics,
    plain_producer,
    transactional_producer,
)
from shared.messaging.packing import Packing, Record
from shared.runtime.settings import Settings

PARTITIONS = 3


@pytest.fixture
async def topic(settings: Settings) -> AsyncIterator[str]:
    name = f"packing-{uuid4().hex[:10]}"
    await make_topics(settings.brokers, [TopicToMake(name, PARTITIONS, {"max.message.bytes": "200000"})], 1)
    yield name
    await drop_topics(settings.brokers, [name])


@pytest.fixture
async def producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    made = transactional_producer(settings.brokers, uuid4().hex)
    await made.start()
    yield made
    await made.stop()


async def sent(producer: AIOKafkaProducer, records: list[Record]) -> None:
    async with producer.transaction():
        await Packing(producer).send(records)


async def found(settings: Settings, topic: str, many: int) -> list["ConsumerRecord[bytes, bytes]"]:
    consumer = groupless_consumer(settings.brokers, topic)
    await consumer.start()
    try:
        return [await anext(consumer) for _ in range(many)]
    finally:
        await consumer.stop()


async def test_a_round_of_many_batches_arrives_whole_and_in_order_for_each_key(
    settings: Settings, topic: str, producer: AIOKafkaProducer
) -> None:
    keys = [f"complaint-{n}".encode() for n in range(20)]
    records: list[Record] = [
        (topic, keys[n % 20], str(n).encode().rjust(700), [("ce_id", str(n).encode())]) for n in range(2000)
    ]
    await sent(producer, records)
    by_key: dict[bytes | None, list[int]] = defaultdict(list)
    for record in await found(settings, topic, len(records)):
        assert record.value is not None
        assert record.headers == (("ce_id", record.value.strip()),)
        by_key[record.key].append(int(record.value))
    assert by_key == {key: list(range(place, 2000, 20)) for place, key in enumerate(keys)}


async def test_a_key_goes_where_kafkas_own_clients_put_it(
    settings: Settings, topic: str, producer: AIOKafkaProducer
) -> None:
    keys = [f"issue-{n}".encode() for n in range(40)]
    await sent(producer, [(topic, key, b"{}", []) for key in keys])
    ours = {record.key: record.partition for record in await found(settings, topic, 40)}
    async with plain_producer(settings.brokers) as plain:
        theirs = {key: (await plain.send_and_wait(topic, b"{}", key=key)).partition for key in keys}
    assert ours == theirs
    assert set(theirs.values()) == set(range(PARTITIONS))


async def test_what_has_no_key_or_no_value_is_sent_as_well(
    settings: Settings, topic: str, producer: AIOKafkaProducer
) -> None:
    await sent(producer, [(topic, None, b"{}", []), (topic, b"gone", None, [])])
    told = {(record.key, record.value) for record in await found(settings, topic, 2)}
    assert told == {(None, b"{}"), (b"gone", None)}


async def test_what_has_neither_is_refused(topic: str, producer: AIOKafkaProducer) -> None:
    with pytest.raises(ValueError, match="neither key nor value"):
        await sent(producer, [(topic, None, None, [])])


async def test_what_the_topic_does_not_take_is_refused_and_nothing_of_its_round_is_seen(
    settings: Settings, topic: str, producer: AIOKafkaProducer
) -> None:
    with pytest.raises(MessageSizeTooLargeError):
        await sent(producer, [(topic, b"a", b"{}", []), (topic, b"a", b"x" * 300_000, [])])
    async with plain_producer(settings.brokers) as plain:
        await plain.send_and_wait(topic, b"[]", key=b"a")
    assert [record.value for record in await found(settings, topic, 1)] == [b"[]"]
