"""Everything that stands on topics, to the end, as a reader of committed records sees it."""

import asyncio
import json
from collections.abc import Hashable, Iterable

from aiokafka import ConsumerRecord

from shared.messaging.kafka import groupless_consumer, plain_producer
from shared.runtime.settings import Settings
from tests.integration.crash.history import Sent
from tests.integration.processes import PATIENCE

END = b"end of test"


async def all_sent(settings: Settings, topics: Iterable[str]) -> list[Sent]:
    """All records, each topic in its order, up to one that is put behind them now (so no transaction may hang)."""
    names = {settings.named(topic): topic for topic in topics}
    await _put_end(settings.kafka, names)
    consumer = groupless_consumer(settings.kafka, *names)
    await consumer.start()
    try:
        return await asyncio.wait_for(_until_end(consumer, names), PATIENCE)
    finally:
        await consumer.stop()


async def _put_end(servers: str, topics: Iterable[str]) -> None:
    producer = plain_producer(servers)
    await producer.start()
    try:
        for topic in topics:
            await producer.send_and_wait(topic, END, key=END)  # a compacted topic takes no record without a key
    finally:
        await producer.stop()


async def _until_end(consumer: object, names: dict[str, str]) -> list[Sent]:
    left, sent = set(names), []
    while left:
        record: ConsumerRecord[bytes, bytes] = await consumer.getone()  # type: ignore[attr-defined]
        if record.value == END:
            left.discard(record.topic)
        else:
            sent.append(_sent(record, names[record.topic]))
    return sent


def _sent(record: ConsumerRecord[bytes, bytes], topic: str) -> Sent:
    said = {name: value.decode() for name, value in record.headers}
    key, sequence = (record.key or b"").decode(), int(said["ce_sequence"])
    return Sent(topic, said["ce_id"], key, sequence, _about(topic, json.loads(record.value or b"{}")))


def _about(topic: str, data: dict[str, int | str]) -> Hashable:
    if topic == "issue.escalated":
        return data["issue_id"], data["step"], data["call"]
    return data.get("complaint_id", "")
