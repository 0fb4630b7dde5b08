"""Everything that stands on topics, to the end, as a reader of committed records sees it."""

import asyncio
import json
from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias

from aiokafka import AIOKafkaConsumer, ConsumerRecord

from shared.contracts.catalogue import CATALOGUE, dead_letter_topic
from shared.messaging.kafka import AT_ONCE, groupless_consumer
from shared.runtime.settings import Settings
from tests.chaos.found import Sent, as_told

PATIENCE: Final = 120.0
TOLD: Final = [entry.topic for entry in CATALOGUE.values() if not entry.command and not entry.announced]
DEAD: Final = [
    dead_letter_topic(service, entry.topic)
    for entry in CATALOGUE.values()
    for service in entry.consumers
    if not entry.announced
]
FOREIGN: Final = "poison-"
"""How the ids of records begin that no service has told."""
Record: TypeAlias = "ConsumerRecord[bytes, bytes]"


async def all_records(settings: Settings, topics: Iterable[str]) -> dict[str, list[Record]]:
    """All records by topic, each partition in its order, up to the end as it is now. Raises `TimeoutError`."""
    names = {settings.named(topic): topic for topic in topics}
    consumer = groupless_consumer(settings.brokers, *names, fetching=AT_ONCE)
    await consumer.start()
    try:
        async with asyncio.timeout(PATIENCE):
            return await _until_ends(consumer, names)
    finally:
        await consumer.stop()


async def _until_ends(consumer: AIOKafkaConsumer, names: Mapping[str, str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {topic: [] for topic in names.values()}
    ends: dict[Any, int] = await consumer.end_offsets(consumer.assignment())
    left = {partition for partition, end in ends.items() if end > 0}
    while left:
        for records in (await consumer.getmany(timeout_ms=200)).values():
            for record in records:
                found[names[record.topic]].append(record)
        left = {partition for partition in left if await consumer.position(partition) < ends[partition]}
    return found


def headers_of(record: Record) -> dict[str, str]:
    """What a record says beside its body."""
    return {name: value.decode() for name, value in record.headers}


def sent_of(record: Record, topic: str) -> Sent:
    """A record as the check looks at it."""
    said = headers_of(record)
    key, sequence = (record.key or b"").decode(), int(said["ce_sequence"])
    return Sent(topic, said["ce_id"], key, sequence, _about(topic, json.loads(record.value or b"{}")))


def _about(topic: str, data: dict[str, str]) -> Hashable:
    if topic != "issue.escalated":
        return data.get("complaint_id", "")
    until = data["acknowledge_by"]  # without one it rang nobody
    return (data["issue_id"], as_told(datetime.fromisoformat(until))) if until else ""
