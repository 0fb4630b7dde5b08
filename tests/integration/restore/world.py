"""Intake and alerts as a deployment, filled with complaints, stopped, and worked on with the operator's commands."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.submission import ComplaintSubmitted
from shared.db.client import Document
from shared.db.outbox import COLLECTION as OUTBOX
from shared.db.outbox import UNSENT
from shared.messaging.kafka import topics_there
from shared.messaging.reading import read_through
from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment, until
from tests.integration.restore.commands import Said, ccms
from tests.integration.topics import tell

SERVICES = ("intake", "alerts")
BODIES = (
    ("EB-200", "전기장판에서 불이 나 손에 화상을 입었어요"),
    ("DR-7", "배송이 사흘이나 늦었어요"),
    ("SM-1", "두유에서 이상한 냄새가 나요"),
)


@dataclass(frozen=True)
class OnTopic:
    """An event as it stands on its topic."""

    id: str
    key: str
    sequence: int
    data: dict[str, Any]


@dataclass
class World:
    """A deployment and what was filed in it, by complaint id with its number.

    `kept`, `lost`, `later`: complaints filed before and after a backup, and after it was restored.
    """

    deployed: Deployment
    filed: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    said: Said = field(default_factory=lambda: Said(0, "", ""))
    _runs: dict[str, Served] = field(default_factory=dict)

    async def start(self, *services: str) -> None:
        """Start services and wait until they take requests."""
        started = {name: self.deployed.start(name) for name in services or SERVICES}
        await asyncio.gather(*(self.deployed.ready(served) for served in started.values()))
        self._runs |= started

    async def stop(self, *services: str) -> None:
        """Stop these services, or all, in order."""
        ending = [self._runs.pop(name) for name in services or [*self._runs]]
        assert set(await asyncio.gather(*(served.stop() for served in ending))) <= {0}

    def url(self, service: str) -> str:
        """Where a service listens."""
        return self._runs[service].url

    async def file(self, count: int) -> list[str]:
        """File complaints about three products, and remember their numbers; returns their ids."""
        ids = []
        async with self.deployed.client() as client:
            for n in range(count):
                code, body = BODIES[n % len(BODIES)]
                said = {"body": body, "product": {"code": code, "name": code}}
                answer = await client.post(f"{self.url('intake')}/api/intake/v1/complaints", json=said)
                assert answer.status_code == 201, answer.text
                ids.append(answer.json()["id"])
                self.filed[ids[-1]] = answer.json()["number"]
        return ids

    async def act(self, person: str, service: str, path: str, **body: Any) -> dict[str, Any]:
        """Have a person decide something."""
        async with self.deployed.browser(person, self.url(service)) as browser:
            answer = await browser.post(path, json=body)
        assert answer.is_success, answer.text
        return dict(answer.json())

    async def put_product(self, code: str, name: str) -> None:
        """Have a product in the register under a name."""
        async with self.deployed.browser("p-001", self.url("intake")) as browser:
            answer = await browser.put(f"/api/intake/v1/products/{code}", json={"name": name})
        assert answer.is_success, answer.text

    async def issues(self) -> list[dict[str, Any]]:
        """The issues, as alerts shows them."""
        async with self.deployed.client() as client:
            answer = await client.get(f"{self.url('alerts')}/api/alerts/v1/issues?limit=100")
        return list(answer.json()["items"])

    async def settle(self, cases: int) -> None:
        """Wait until alerts knows so many complaints, intake their issues, and everything told is sent."""

        async def is_settled() -> bool:
            if len(await self.rows("alerts", "cases")) < cases or not await self.intake_has_heard():
                return False
            return not any([await self.count(name, OUTBOX, UNSENT) for name in SERVICES])  # last: who hears may tell

        await until(is_settled, f"{cases} complaints are everywhere")

    async def intake_has_heard(self) -> bool:
        """Whether intake has taken all that alerts has told it."""
        told = [row for row in await self.rows("alerts", OUTBOX) if "intake" in _consumers(row["topic"])]
        inbox = {row["_id"] for row in await self.rows("intake", "inbox")}
        return all(f"intake.{row['topic']}:{row['_id']}" in inbox for row in told)

    async def rows(self, service: str, collection: str) -> list[Document]:
        """Everything in a collection, by id."""
        mongo = self.deployed.mongo(service)
        try:
            return await mongo.find(collection, {}, sort=[("_id", 1)])
        finally:
            mongo.close()

    async def count(self, service: str, collection: str, query: Document) -> int:
        """How many rows match."""
        mongo = self.deployed.mongo(service)
        try:
            return await mongo.count(collection, query)
        finally:
            mongo.close()

    async def put(self, service: str, collection: str, rows: list[Document]) -> None:
        """Store rows behind the service's back."""
        mongo = self.deployed.mongo(service)
        try:
            await mongo.insert(collection, rows)
        finally:
            mongo.close()

    async def spoil(self, service: str, collection: str, query: Document, change: Document | None = None) -> None:
        """Change rows behind the service's back, or delete them."""
        mongo = self.deployed.mongo(service)
        try:
            done = await (mongo.update(collection, query, change) if change else mongo.delete(collection, query))
            assert done, "nothing was spoiled"
        finally:
            mongo.close()

    async def on_topic(self, topic: str) -> list[OnTopic]:
        """What stands on a topic, in order."""
        settings, found = self.deployed.settings, list[OnTopic]()
        named = settings.named(topic)
        if named not in await topics_there(settings.brokers):
            return found
        async for records in read_through(settings.brokers, named):
            for record in records:
                said = {name: value.decode() for name, value in record.headers}
                key = (record.key or b"").decode()
                found.append(OnTopic(said["ce_id"], key, int(said["ce_sequence"]), json.loads(record.value)))
        return found

    async def ccms(self, *arguments: str, crash_at: str = "") -> Said:
        """Run a command as an operator does; with `crash_at` it is killed at that point."""
        environment = self.deployed.environment() | {"CCMS_CRASH_AT": crash_at, "CCMS_LANGUAGE": "en"}
        return await ccms(*arguments, environment=environment)

    async def submit(self, body: str, system: str = "cti") -> None:
        """Another system files a complaint by topic, under a key of its own."""
        event = ComplaintSubmitted(idempotency_key=f"{system}-{uuid4().hex}", complaint={"body": body})
        await tell(self.deployed.settings, [event])


def _consumers(topic: str) -> tuple[str, ...]:
    return CATALOGUE[topic].consumers if topic in CATALOGUE else ()


@asynccontextmanager
async def world(servers: Servers, folder: Path) -> AsyncIterator[World]:
    """An empty one, with nothing started."""
    async with deployment(servers, folder) as deployed:
        yield World(deployed)


def without(rows: list[Document], *fields: str) -> list[Document]:
    """Rows without fields that say how often and when they were written."""
    return [{name: value for name, value in row.items() if name not in fields} for row in rows]
