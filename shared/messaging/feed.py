"""What a service's own topics say, read without a group by every API process, to keep open pages live."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from aiokafka.errors import KafkaError

from shared.contracts.catalogue import CATALOGUE, Entry
from shared.messaging.kafka import groupless_consumer
from shared.obs.log import logger
from shared.runtime.settings import Settings

RESTART = 2.0


@dataclass(frozen=True, slots=True)
class Heard:
    """An event that stands on one of the service's own topics; only what its headers and key say."""

    event_id: str
    entry: Entry
    subject: str
    sequence: int


class OwnTopics:
    """Follows them from their end and tells the listener of each event."""

    def __init__(self, service: str, settings: Settings) -> None:
        self._entries = {
            settings.named(entry.topic): entry
            for entry in CATALOGUE.values()
            if entry.owner == service and not entry.command
        }
        self._servers = settings.kafka
        self._task: asyncio.Task[None] | None = None
        self.listener: Callable[[Heard], None] = lambda _: None

    async def start(self) -> None:
        """Begin to follow; returns once the place to begin at is fixed."""
        begun = asyncio.Event()
        self._task = asyncio.create_task(self._follow(begun))
        with suppress(TimeoutError):
            await asyncio.wait_for(begun.wait(), 10)

    async def stop(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self, begun: asyncio.Event) -> None:
        while True:
            try:
                await self._read(begun)
            except (KafkaError, TimeoutError) as error:
                logger.warning("feed.trouble", error=type(error).__name__)
            await asyncio.sleep(RESTART)

    async def _read(self, begun: asyncio.Event) -> None:
        consumer = groupless_consumer(self._servers, *self._entries, latest=True)
        await asyncio.wait_for(consumer.start(), 15)
        try:
            for partition in consumer.assignment():
                await asyncio.wait_for(consumer.position(partition), 10)
            begun.set()
            async for record in consumer:
                said = dict(record.headers)
                entry = self._entries[record.topic]
                event_id = said.get("ce_id", b"").decode(errors="replace")
                sequence = said.get("ce_sequence", b"0")
                subject = (record.key or b"").decode(errors="replace")
                self.listener(Heard(event_id, entry, subject, int(sequence) if sequence.isdigit() else 0))
        finally:
            with suppress(Exception):
                await asyncio.wait_for(consumer.stop(), 3)
