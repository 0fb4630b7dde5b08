"""Junk on every consumed topic of a running service: it goes on, loses nobody, and stops at a flood."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from deploy import registry
from shared.contracts.catalogue import Entry, dead_letter_topic
from shared.messaging.kafka import LARGEST_RECORD, access, groupless_consumer, plain_producer
from shared.runtime.process import Running
from shared.runtime.settings import Settings
from shared.testing.golden import Golden, fresh
from tests.conformance.reader import CONSUMERS, marker

NOISE = Random(11).randbytes
PATIENCE = 30
Junk = list[tuple[bytes | None, list[tuple[str, Any]]]]
JUNK: Junk = [
    (NOISE(300), []),
    (None, []),
    (b"", [("ce_id", b"\xff")]),
    (b"{}", [("ce_id", None)]),
    (NOISE(LARGEST_RECORD - 200), []),
]


@asynccontextmanager
async def running(name: str, settings: Settings) -> AsyncIterator[Running]:
    """A service that consumes and relays, started and stopped as in production."""
    process = Running(registry.service(name), settings, ["consumers", "relay"])
    await process.start()
    try:
        yield process
    finally:
        await process.stop()


@asynccontextmanager
async def client(made: Any) -> AsyncIterator[Any]:
    """A Kafka client for the length of a block."""
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


async def send(producer: AIOKafkaProducer, topic: str, junk: Junk, entry: Entry) -> list[Golden]:
    """A good event before each piece of junk; the good ones."""
    good = []
    for value, headers in junk:
        event = fresh(entry)
        good.append(event)
        await producer.send_and_wait(topic, event.body(), key=b"k", headers=event.raw_headers())
        await producer.send_and_wait(topic, value, key=b"k", headers=headers)
    return good


async def values(consumer: AIOKafkaConsumer, count: int) -> list[bytes | None]:
    """The next values of a topic."""
    async with asyncio.timeout(PATIENCE):
        return [(await consumer.getone()).value for _ in range(count)]


@pytest.mark.parametrize(("name", "entry"), CONSUMERS, ids=[f"{n}-{e.topic}" for n, e in CONSUMERS])
async def test_junk_is_buried_and_no_neighbour_is_lost(settings: Settings, name: str, entry: Entry) -> None:
    own = settings.model_copy(update={"namespace": f"{settings.namespace}j-{name}-"})
    letters = own.named(dead_letter_topic(name, entry.topic))
    async with running(name, own) as process, client(plain_producer(own.brokers)) as producer:
        sent = await send(producer, own.named(entry.topic), JUNK, entry)
        async with client(groupless_consumer(own.brokers, letters)) as reader:
            buried = await values(reader, len(JUNK))
            later = await send(producer, own.named(entry.topic), [(b"later", [])], entry)
            buried += await values(reader, 1)
        taker = process.subscriptions.consumer(f"{name}.{entry.topic}")
        ids = [marker(taker, entry, event.raw_headers(), event.body()) for event in (*sent, *later)]
        assert await process.mongo.count("inbox", {"_id": {"$in": ids}}) == len(ids)
        assert all(part.well for part in process.parts())
        if entry.kind != "contact":
            assert buried == [value for value, _ in JUNK] + [b"later"]
        await process.mongo.drop()


async def test_a_flood_stops_the_consumer_without_committing(settings: Settings) -> None:
    name, entry = next((n, e) for n, e in CONSUMERS if n == "alerts")
    own = settings.model_copy(update={"namespace": f"{settings.namespace}f-", "dead_letter_limit": 3})
    topic, group = own.named(entry.topic), own.named(f"{name}.{entry.topic}")
    async with client(plain_producer(own.brokers)) as producer:
        async with running(name, own) as process:
            await producer.send_and_wait(topic, b"the first is still within the limit")
            for _ in range(9):
                await producer.send(topic, b"junk")
            await producer.flush()
            async with asyncio.timeout(PATIENCE):
                while all(part.well for part in process.parts()):
                    await asyncio.sleep(0.05)
            assert await process.mongo.count("dead_letters", {}) <= 3
        many = own.model_copy(update={"dead_letter_limit": 100})
        letters = own.named(dead_letter_topic(name, entry.topic))
        async with running(name, many) as process, client(groupless_consumer(own.brokers, letters)) as reader:
            assert len(await values(reader, 10)) == 10
            await process.mongo.drop()
    async with client(AIOKafkaConsumer(**access(own.brokers), group_id=group)) as member:
        assert await member.committed(TopicPartition(topic, 0)) == 10


async def test_after_trouble_the_consumer_comes_back_and_takes_the_batch_again(settings: Settings) -> None:
    name, entry = next((n, e) for n, e in CONSUMERS if n == "alerts")
    own = settings.model_copy(update={"namespace": f"{settings.namespace}t-"})
    async with running(name, own) as process, client(plain_producer(own.brokers)) as producer:
        consumer = process.subscriptions.consumer(f"{name}.{entry.topic}")
        take, failed, taken = consumer.take, asyncio.Event(), asyncio.Event()

        async def fail_once(records: Any) -> None:
            if not failed.is_set():
                failed.set()
                raise RuntimeError
            await take(records)
            taken.set()

        consumer.take = fail_once  # type: ignore[method-assign]
        event = fresh(entry)
        await producer.send_and_wait(own.named(entry.topic), event.body(), headers=event.raw_headers())
        await asyncio.wait_for(failed.wait(), PATIENCE)
        await asyncio.wait_for(taken.wait(), PATIENCE)
        ids = [marker(consumer, entry, event.raw_headers(), event.body())]
        assert await process.mongo.count("inbox", {"_id": {"$in": ids}}) == 1
        await process.mongo.drop()
