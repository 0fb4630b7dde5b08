"""Kafka records made by hand, as a consumer gets them."""

from collections.abc import Iterable
from itertools import count
from typing import TypeAlias

from aiokafka import ConsumerRecord

from shared.testing.golden import Golden

Headers = Iterable[tuple[str, bytes | None]]
Record: TypeAlias = ConsumerRecord[bytes, bytes]

_offsets = count()


def record(topic: str, value: bytes | None, headers: Headers = (), key: bytes | None = b"k") -> Record:
    """The next record of a topic; no two have the same offset."""
    return ConsumerRecord(
        topic=topic,
        partition=0,
        offset=next(_offsets),
        timestamp=0,
        timestamp_type=0,
        key=key,
        value=value,
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=tuple(headers),
    )


def record_of(topic: str, event: Golden) -> Record:
    """The record of an event."""
    return record(topic, event.body(), event.raw_headers())
