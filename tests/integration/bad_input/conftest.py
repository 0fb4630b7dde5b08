"""Intake as it runs, with a real database and broker, driven without a network."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest_asyncio
from aiokafka import AIOKafkaConsumer

from services.intake.service import SERVICE
from shared.contracts.catalogue import CATALOGUE
from shared.identity.api_keys import write_key
from shared.identity.directory import Directory
from shared.identity.organisation import load_organisation
from shared.identity.principal import Principal
from shared.messaging.kafka import groupless_consumer, plain_producer
from shared.runtime.app import service_app
from shared.runtime.process import Running
from shared.runtime.settings import Settings
from shared.testing.access import system_key
from shared.testing.golden import fresh
from shared.web.authentication import Authenticator

KEY = write_key("shop", bytes(32))
READS = write_key("reader", bytes(32))
KNOWN = Directory(load_organisation())
KNOWN.take([system_key(KEY, {"complaints:write", "complaints:read"}), system_key(READS, {"complaints:read"}, "board")])
STORED = ("complaints", "contacts", "submissions", "outbox", "commands", "timers")
PATIENCE = 30
COMPLAINTS = "/api/intake/v1/complaints"


async def holder_of(key: str) -> Principal | None:
    return KNOWN.holder_of_key(key)


@dataclass
class Intake:
    """The service, a client of it, and what it has stored."""

    running: Running
    http: httpx.AsyncClient
    settings: Settings
    answers: AIOKafkaConsumer
    heard: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)

    async def post(self, **request: Any) -> httpx.Response:
        """File a complaint."""
        return await self.http.post(COMPLAINTS, **request)

    async def stored(self) -> dict[str, int]:
        """How many documents there are of each kind."""
        return {name: await self.running.mongo.count(name, {}) for name in STORED}

    async def submit(self, *commands: dict[str, Any]) -> list[list[tuple[str, bytes]]]:
        """Hand complaints in by topic; the (topic, value) of every answer to each, once all are answered."""
        entry = CATALOGUE["complaint.submitted"]
        producer = plain_producer(self.settings.brokers)
        await producer.start()
        try:
            ids = []
            for command in commands:
                event = fresh(entry, **command)
                ids.append(event.headers["ce_id"])
                await producer.send(self.settings.named(entry.topic), event.body(), headers=event.raw_headers())
            await producer.flush()
        finally:
            await producer.stop()
        return await self._answers_to(ids)

    async def _answers_to(self, ids: Sequence[str]) -> list[list[tuple[str, bytes]]]:
        while not set(ids) <= set(self.heard):
            record = await asyncio.wait_for(self.answers.getone(), PATIENCE)
            caused_by = dict(record.headers)["ce_causationid"].decode()
            topic = record.topic.removeprefix(self.settings.namespace)
            self.heard.setdefault(caused_by, []).append((topic, record.value))
        return [self.heard[id] for id in ids]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def intake(settings: Settings) -> AsyncIterator[Intake]:
    """One intake for a file of tests."""
    own = settings.model_copy(update={"namespace": f"{settings.namespace}b-"})
    app = service_app(SERVICE, own, Authenticator(holder_of))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {KEY}", "Accept-Language": "en"}
    topics = [own.named(f"submission.{answer}") for answer in ("accepted", "refused")]
    async with app.router.lifespan_context(app):
        answers = groupless_consumer(own.brokers, *topics)
        await asyncio.wait_for(answers.start(), PATIENCE)
        async with httpx.AsyncClient(transport=transport, base_url="http://intake", headers=headers) as http:
            yield Intake(app.state.running, http, own, answers)
        await answers.stop()
        await app.state.running.mongo.drop()
