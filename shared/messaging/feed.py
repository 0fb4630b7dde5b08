"""What a service's own topics say, read without a group by every API process, to keep open pages live."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, ConsumerRecord

from shared.contracts.catalogue import CATALOGUE, Entry
from shared.messaging.kafka import TOGETHER, groupless_consumer
from shared.messaging.tracing import reading
from shared.obs.log import logger
from shared.runtime.settings import Settings

START = 10.0
RESTART = 2.0
LONGEST_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Heard:
    """An event that stands on one of the service's own topics; only what its headers and key say."""

    event_id: str
    entry: Entry
    subject: str
    sequence: int


class OwnTopics:
    """Follows them from their end; tells `listener` of each event, and calls `gap` when some may have been missed.

    What is told with each complaint is read apart from the rest, many at a time: a question to Kafka names every topic
    that it is about, so that an alarm among fifty quiet ones would be asked for again with each complaint.
    """

    def __init__(self, service: str, settings: Settings) -> None:
        self._entries = {
            settings.named(entry.topic): entry
            for entry in CATALOGUE.values()
            if entry.owner == service and not entry.command
        }
        self._service, self._brokers = service, settings.brokers
        self._tasks: list[asyncio.Task[None]] = []
        self.listener: Callable[[Heard], None] = lambda _: None
        self.gap: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Begin to follow; returns once the places to begin at are fixed."""
        begun = [asyncio.Event(), asyncio.Event()]
        for frequent, event in enumerate(begun):
            self._tasks.append(asyncio.create_task(self._follow(event, frequent=bool(frequent))))
        with suppress(TimeoutError):
            async with asyncio.timeout(START):
                await asyncio.gather(*(event.wait() for event in begun))

    async def stop(self) -> None:
        """Stop following."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _follow(self, begun: asyncio.Event, *, frequent: bool) -> None:
        topics = [name for name, entry in self._entries.items() if entry.frequent is frequent]
        if not topics:
            begun.set()
        while topics:
            try:
                fetching = TOGETHER if frequent else {}
                await self._read(begun, groupless_consumer(self._brokers, *topics, latest=True, fetching=fetching))
            except Exception as error:  # whatever it is: open pages must not go blind because of it
                logger.warning("feed.trouble", error=type(error).__name__)
            self.gap()
            await asyncio.sleep(RESTART)

    async def _read(self, begun: asyncio.Event, consumer: AIOKafkaConsumer) -> None:
        try:
            await asyncio.wait_for(consumer.start(), 15)
            for partition in consumer.assignment():
                await asyncio.wait_for(consumer.position(partition), 10)
            begun.set()
            async for record in consumer:
                if heard := heard_in(self._entries[record.topic], record):
                    with reading(self._service, record):
                        self.listener(heard)
        finally:
            with suppress(Exception):
                await asyncio.wait_for(consumer.stop(), 3)


def heard_in(entry: Entry, record: "ConsumerRecord[bytes, bytes]") -> Heard | None:
    """What a record says; None when it is no event of ours."""
    said = {name: value for name, value in record.headers if value is not None}
    sequence = said.get("ce_sequence", b"0")
    if "ce_id" not in said or not sequence.isdigit() or len(sequence) > LONGEST_NUMBER:
        return None
    subject = (record.key or b"").decode(errors="replace")
    return Heard(said["ce_id"].decode(errors="replace"), entry, subject, int(sequence))
