"""The topics as another system reaches them: it hands in complaints and facts, and hears what the services tell."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from shared.contracts.catalogue import CATALOGUE, entry_of
from shared.contracts.cloudevents import to_headers
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.messaging.kafka import groupless_consumer, plain_producer
from shared.runtime.credentials import Brokers
from shared.runtime.ids import derived_id

SOURCE: Final = "/demo"
PATIENCE: Final = 45.0
"""Seconds to wait for an event that has to come."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One event: its topic, its data, and the id of what caused it."""

    topic: str
    data: dict[str, Any]
    caused_by: str


class Send(Protocol):
    """Puts one event on its topic."""

    async def __call__(self, event: Event, key: str, id: str) -> None: ...


@dataclass
class Topics:
    """Tells as one system, and keeps everything that was heard since the start, in order."""

    send: Send
    heard: list[Heard] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def tell(self, event: Event, key: str, once: str) -> str:
        """Put an event on its topic; its id follows from `once`, so that telling it again is a repeat."""
        id = derived_id(SOURCE, once)
        await self.send(event, key, id)
        return id

    def add(self, heard: Heard) -> None:
        """One more event was heard."""
        self.heard.append(heard)
        self._news.set()

    async def first(self, fits: Callable[[Heard], bool], *, since: int = 0, patience: float = PATIENCE) -> Heard | None:
        """The first event from place `since` on that fits, as soon as there is one; None when none came in time."""
        place = since
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while True:
                    self._news.clear()
                    for heard in self.heard[place:]:
                        if fits(heard):
                            return heard
                    place = len(self.heard)
                    await self._news.wait()
        return None


@asynccontextmanager
async def listening(kafka: str, namespace: str = "") -> AsyncIterator[Topics]:
    """Topics of a running system, heard from now on."""
    told = [e for e in CATALOGUE.values() if not e.command and e.kind in ("open", "internal")]
    names = {f"{namespace}{entry.topic}": entry.topic for entry in told}
    brokers = Brokers(kafka)
    producer, consumer = plain_producer(brokers), groupless_consumer(brokers, *names, latest=True)

    async def send(event: Event, key: str, id: str) -> None:
        entry = entry_of(event)
        envelope = Envelope(id, entry.type, SOURCE, key, datetime.now(UTC), 1, id, "", "", event)
        body = event.model_dump_json().encode()
        headers = to_headers(envelope, entry)
        await producer.send_and_wait(f"{namespace}{entry.topic}", body, key=key.encode(), headers=headers)

    topics = Topics(send)

    async def hear() -> None:
        async for record in consumer:
            causes = [value for name, value in record.headers if name == "ce_causationid" and value]
            caused_by = causes[0].decode(errors="replace") if causes else ""
            with suppress(ValueError):
                topics.add(Heard(names[record.topic], json.loads(record.value or b"{}"), caused_by))

    async with producer, consumer:
        for partition in consumer.assignment():
            await consumer.position(partition)  # fixes where hearing begins, before anything is filed
        ear = asyncio.create_task(hear())
        try:
            yield topics
        finally:
            ear.cancel()
            await asyncio.gather(ear, return_exceptions=True)
