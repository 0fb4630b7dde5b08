"""Kafka as other systems see it: they put events on topics and hear what others say."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from shared.contracts.catalogue import entry_of
from shared.contracts.cloudevents import to_headers
from shared.contracts.complaint import ComplaintCreated
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.messaging.kafka import access, groupless_consumer, plain_producer
from shared.runtime.settings import Settings
from tests.integration.processes import PATIENCE


@dataclass(frozen=True)
class Heard:
    """A record as a plain client reads it."""

    topic: str
    key: str
    said: dict[str, str]
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        """The event's data."""
        return dict(json.loads(self.body))


class Ear:
    """Hears everything that is said on its topics; what was heard once can be asked for again."""

    def __init__(self, consumer: AIOKafkaConsumer, namespace: str) -> None:
        self._consumer, self._namespace = consumer, namespace
        self.all: list[Heard] = []

    async def first(self, topic: str, fits: Callable[[Heard], bool] = lambda _: True) -> Heard:
        """The first record on a topic that fits, as soon as there is one."""
        place = 0
        async with asyncio.timeout(PATIENCE):
            while True:
                for heard in self.all[place:]:
                    if heard.topic == topic and fits(heard):
                        return heard
                place = len(self.all)
                self.all.append(self._read(await self._consumer.getone()))

    def _read(self, record: Any) -> Heard:
        said = {name: value.decode() for name, value in record.headers}
        topic = record.topic.removeprefix(self._namespace)
        return Heard(topic, (record.key or b"").decode(), said, record.value)


@asynccontextmanager
async def hearing(settings: Settings, *topics: str) -> AsyncIterator[Ear]:
    """An ear on topics that exist, from their beginning."""
    consumer = groupless_consumer(settings.brokers, *(settings.named(topic) for topic in topics))
    await consumer.start()
    try:
        yield Ear(consumer, settings.namespace)
    finally:
        await consumer.stop()


@asynccontextmanager
async def speaking(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A plain producer."""
    producer = plain_producer(settings.brokers)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def tell(settings: Settings, events: Iterable[Event]) -> list[str]:
    """Put events on their topics as another system would; returns their ids."""
    ids = []
    async with speaking(settings) as producer:
        sent = []
        for event in events:
            entry, id, now = entry_of(event), uuid4().hex, datetime.now(UTC)
            key = getattr(event, "complaint_id", id)
            envelope = Envelope(id, entry.type, "/test", key, now, 1, id, "", "", event)
            topic, body = settings.named(entry.topic), event.model_dump_json().encode()
            sent.append(await producer.send(topic, body, key=key.encode(), headers=to_headers(envelope, entry)))
            ids.append(id)
        await asyncio.gather(*sent)
    return ids


def a_created(body: str = "전기장판에서 불이 나 손에 화상을 입었어요", **other: Any) -> ComplaintCreated:
    """A complaint of its own about a product of its own, unless said otherwise."""
    id, now = uuid4().hex, datetime.now(UTC)
    facts: dict[str, Any] = {
        "complaint_id": id,
        "number": f"C-2026-{id[:6]}",
        "kind": "complaint",
        "channel": "web",
        "title": "전기장판",
        "body": body,
        "language": "ko",
        "product_code": f"P-{id[:8]}",
        "product_name": "전기장판",
        "category": "delivery",
        "category_name": {"ko": "배송", "en": "Delivery"},
        "severity": "minor",
        "knowledge_at": now,
        "filed_at": now,
    }
    return ComplaintCreated(**(facts | other))


async def committed(settings: Settings, group: str, topic: str, partitions: int = 1) -> int:
    """The sum of a group's committed offsets on a topic."""
    consumer = AIOKafkaConsumer(**access(settings.brokers), group_id=settings.named(group), enable_auto_commit=False)
    await consumer.start()
    try:
        places = [TopicPartition(settings.named(topic), n) for n in range(partitions)]
        return sum([await consumer.committed(place) or 0 for place in places])
    finally:
        await consumer.stop()
