"""Other systems, which hand in by topic: complaints, figures of what was sold, and records that nobody can take."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared.contracts.catalogue import entry_of
from shared.contracts.cloudevents import Headers, to_headers
from shared.contracts.complaint import ComplaintCreated
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.product import ExposureReported
from shared.contracts.submission import ComplaintSubmitted
from shared.messaging.kafka import plain_producer
from tests.chaos.acting.filing import filing
from tests.chaos.asking import PATIENCE, Client
from tests.chaos.ledger import Answer, Deed
from tests.integration.topics import a_created

SOURCE: Final = "/chaos"
AGAIN, WRONG = 0.1, 0.05
POISON_EVERY: Final = 3.0
"""Seconds; many more of them would reach the limit at which a consumer stops."""
FIRST: Final = "product-1"
"""A product that is registered soon, most times: what is told of it earlier waits, and fails when it is taken up."""
END_OF_TIME: Final = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)


@dataclass
class Sender:
    """A producer that is made anew after trouble. What Kafka has taken is acknowledged."""

    client: Client
    _producer: AIOKafkaProducer | None = field(default=None, init=False)

    async def send(self, deed: Deed, event: Event, *, broken: bool = False) -> None:
        """Have an event on its topic, under the deed's name as its id; `broken` cuts its body short."""
        entry = entry_of(event)
        envelope = Envelope(deed, entry.type, SOURCE, deed, datetime.now(UTC), 1, deed, "", "", event)
        body = event.model_dump_json().encode()
        topic = self.client.place.settings.named(entry.topic)
        sending = self._until_taken(topic, deed, body[:-1] if broken else body, to_headers(envelope, entry))
        with suppress(TimeoutError):
            await asyncio.wait_for(sending, PATIENCE)
            self.client.ledger.acknowledge(deed)

    async def _until_taken(self, topic: str, deed: Deed, body: bytes, headers: Headers) -> None:
        while True:
            try:
                producer = await self._open()
                await asyncio.wait_for(producer.send_and_wait(topic, body, key=deed.encode(), headers=headers), 10)
                return
            except (KafkaError, TimeoutError):
                await self.close()
                await asyncio.sleep(0.3)

    async def _open(self) -> AIOKafkaProducer:
        if self._producer is None:
            self._producer = plain_producer(self.client.place.settings.brokers)
            await asyncio.wait_for(self._producer.start(), 10)
        return self._producer

    async def close(self) -> None:
        """Leave Kafka."""
        producer, self._producer = self._producer, None
        if producer is not None:
            with suppress(Exception):
                await asyncio.wait_for(producer.stop(), 3)


async def submit_complaints(client: Client, sender: Sender) -> None:
    """Hand in one after the other, now and then the same again under another id."""
    while not client.over.is_set():
        deed = client.ledger.new("submission")
        complaint = filing(deed, client.random.randrange(1000))
        if client.random.random() < WRONG:
            complaint["body"] = ""
        event = ComplaintSubmitted(idempotency_key=deed, complaint=complaint)
        await sender.send(deed, event)
        if client.random.random() < AGAIN:
            await sender.send(deed, event)
        await client.rest()


async def poison(client: Client, sender: Sender) -> None:
    """Records that can never be taken: unreadable ones, and ones that a handler fails at."""
    while not client.over.is_set():
        deed = client.ledger.new("poison")
        known = [product for product, said in client.ledger.of("product") if said is Answer.ACKNOWLEDGED]
        event, broken = _poison(deed, client.random.randrange(3), known[-1] if known else FIRST)
        await sender.send(deed, event, broken=broken)
        with suppress(TimeoutError):
            await asyncio.wait_for(client.over.wait(), POISON_EVERY)


def _poison(deed: Deed, which: int, product: str) -> tuple[Event, bool]:
    now = datetime.now(UTC)
    if which == 0:
        return ComplaintSubmitted(idempotency_key=deed, complaint=filing(deed, 0)), True
    if which == 1:
        return ExposureReported(product_code=product, measure="sold", period="2199-01", units=1, reported_at=now), False
    created: ComplaintCreated = a_created(complaint_id=deed, filed_at=END_OF_TIME)
    return created, False
