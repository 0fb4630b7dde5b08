"""Records packed into one batch for each partition, which is the form in which Kafka takes and keeps them.

A producer that is given one record at a time makes a future, a coroutine and two look-ups of its topic for each.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache
from random import choice
from typing import Any, Final, TypeAlias

from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError
from aiokafka.partitioner import murmur2

from shared.messaging.kafka import LARGEST_DEAD_LETTER

Headers: TypeAlias = list[tuple[str, bytes]]
Record: TypeAlias = tuple[str, bytes | None, bytes | None, Headers]
"""Topic, key, value, headers."""
REMEMBERED: Final = 8192

_hash: Callable[[bytes], int] = lru_cache(REMEMBERED)(murmur2)
"""Kafka's hash of a key, worked out in Python: a complaint tells several events under the same key."""


class Packing:
    """One round of records on their way to a producer, in order for each partition."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer
        self._open: dict[tuple[str, int], Any] = {}
        self._partitions: dict[str, list[int]] = {}
        self._sent: list[Awaitable[Any]] = []

    async def send(self, records: Iterable[Record]) -> None:
        """All of them; returns once Kafka has them. Raises Kafka's errors."""
        for topic, key, value, headers in records:
            if key is None and value is None:
                raise ValueError(f"a record of {topic} has neither key nor value")
            if len(key or b"") + len(value or b"") > LARGEST_DEAD_LETTER:
                raise MessageSizeTooLargeError(f"a record of {topic} is larger than any topic takes")
            place = topic, await self._partition(topic, key)
            record = {"timestamp": None, "key": key, "value": value, "headers": headers}
            if place in self._open and self._open[place].append(**record) is None:
                await self._let_go(place)
            if place not in self._open:
                self._begin(place).append(**record)  # the first one of a batch always fits
        for place in list(self._open):
            await self._let_go(place)
        await asyncio.gather(*self._sent)

    async def _partition(self, topic: str, key: bytes | None) -> int:
        """Where Kafka's own clients put a record with this key."""
        if (there := self._partitions.get(topic)) is None:
            there = self._partitions[topic] = sorted(await self._producer.partitions_for(topic))
        if key is None:
            return choice(there)
        return there[(_hash(key) & 0x7FFFFFFF) % len(there)]

    def _begin(self, place: tuple[str, int]) -> Any:
        self._open[place] = self._producer.create_batch()
        return self._open[place]

    async def _let_go(self, place: tuple[str, int]) -> None:
        topic, partition = place
        self._sent.append(await self._producer.send_batch(self._open.pop(place), topic, partition=partition))
