"""Intake and alerts under a client's load while they are killed, and what is there when all has settled."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import httpx

from services.alerts.handlers.calling import UNANSWERED
from shared.contracts.catalogue import CATALOGUE, entry_of
from shared.contracts.cloudevents import to_headers
from shared.contracts.envelope import Envelope
from shared.contracts.submission import ComplaintSubmitted
from shared.db.outbox import UNSENT
from shared.messaging.kafka import plain_producer
from tests.integration.crash.history import History
from tests.integration.crash.reading import all_sent
from tests.integration.processes import PATIENCE, Deployment, Served, until

BODIES: Final = (
    ("EB-200", "전기장판에서 불이 나 손에 화상을 입었어요"),
    ("DR-7", "배송이 사흘이나 늦었어요"),
    ("SM-1", "두유에서 이상한 냄새가 나요"),
)
CLIENTS, EACH, SUBMITTED = 5, 5, 5
KILLED: Final = -9
TOPICS: Final = [entry.topic for entry in CATALOGUE.values() if not entry.command]


def filing(n: int) -> dict[str, Any]:
    """The n-th complaint: one of three products, each with the same problem again and again."""
    product, body = BODIES[n % len(BODIES)]
    return {"body": body, "product": {"code": product, "name": product}}


class World:
    """Two services that are started, die at a point, are started again, and settle."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._now: dict[str, Served] = {}
        self._acknowledged: list[str] = []
        self._left: dict[str, int] = {}
        self._databases = {name: deployment.mongo(name) for name in ("intake", "alerts")}

    async def live_through(self, dying: dict[str, str]) -> History:
        """Load the services, of which some die at a point, until everything has settled."""
        for name in self._databases:
            self._now[name] = self._deployment.start(name, CCMS_CRASH_AT=dying.get(name, ""))
        await asyncio.gather(*(self._deployment.ready(served) for served in self._now.values()))
        await asyncio.gather(self._load(), self._submit(), *(self._replace(name) for name in dying))
        await until(self._is_settled, self._left)
        codes = await asyncio.gather(*(served.stop() for served in self._now.values()))
        assert codes == [0, 0]
        return await self._history()

    async def _replace(self, name: str) -> None:
        """Start it again once it was killed."""
        assert await self._now[name].ended() == KILLED
        self._now[name] = self._deployment.start(name)
        await self._deployment.ready(self._now[name])

    async def _load(self) -> None:
        async with asyncio.TaskGroup() as clients:
            for client in range(CLIENTS):
                clients.create_task(self._file(range(client * EACH, (client + 1) * EACH)))

    async def _file(self, numbers: Iterable[int]) -> None:
        """One client, who asks again with the same key until there is an answer."""
        async with self._deployment.client() as client, asyncio.timeout(PATIENCE):
            for n in numbers:
                while (id := await self._try(client, n)) is None:
                    await asyncio.sleep(0.05)
                self._acknowledged.append(id)

    async def _try(self, client: httpx.AsyncClient, n: int) -> str | None:
        url = f"{self._now['intake'].url}/api/intake/v1/complaints"
        try:
            answer = await client.post(url, json=filing(n), headers={"Idempotency-Key": f"filing-{n}"})
        except (httpx.TransportError, httpx.UnsupportedProtocol):
            return None
        if answer.status_code == 503:
            return None
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def _submit(self) -> None:
        """Another system, which files by topic."""
        entry, settings = entry_of(ComplaintSubmitted), self._deployment.settings
        producer = plain_producer(settings.kafka)
        await producer.start()
        for n in range(SUBMITTED):
            event = ComplaintSubmitted(idempotency_key=f"submission-{n}", complaint=filing(n))
            now, id = datetime.now(UTC), uuid4().hex
            envelope = Envelope(id, entry.type, "/cti", id, now, 1, id, "", "", event)
            body, headers = event.model_dump_json().encode(), to_headers(envelope, entry)
            await producer.send_and_wait(settings.named(entry.topic), body, key=id.encode(), headers=headers)
        await producer.stop()

    async def _is_settled(self) -> bool:
        """Everything filed has arrived, every timer has fired and everything told is sent."""
        alerts, wanted = self._databases["alerts"], CLIENTS * EACH + SUBMITTED
        arrived = await alerts.count("inbox", {"_id": {"$regex": "^alerts.complaint.created"}})
        timers = await alerts.count("timers", {"done_at": None, "kind": UNANSWERED})
        self._left |= {"not arrived": wanted - arrived, "timers": timers, **await self._unsent()}
        return not any(self._left.values())

    async def _unsent(self) -> dict[str, int]:
        return {f"{name}'s outbox": await db.count("outbox", UNSENT) for name, db in self._databases.items()}

    async def _history(self) -> History:
        intake, alerts = self._databases["intake"], self._databases["alerts"]
        submissions = await intake.find("submissions", {})
        timers = await alerts.find("timers", {"kind": UNANSWERED, "done_at": {"$ne": None}})
        issues, cases = await alerts.find("issues", {}), await alerts.find("cases", {})
        complaints, sent = await intake.find("complaints", {}), await all_sent(self._deployment.settings, TOPICS)
        accepted = {event.id: str(event.about) for event in sent if event.topic == "submission.accepted"}
        return History(
            acknowledged=[*self._acknowledged, *accepted.values()],
            stored=[row["_id"] for row in complaints],
            told={row["_id"]: row["sequence"] for row in (*complaints, *submissions, *issues)},
            sent=sent,
            cases=[(row["_id"], row["issue_id"]) for row in cases],
            counted={row["_id"]: row["complaints"] for row in issues},
            messages=[(m["issue_id"], m["step"], m["turn"]) for m in await alerts.find("messages", {"kind": "call"})],
            fired=[(t["subject"], t["data"]["step"], t["data"]["turn"]) for t in timers],
            left={**await self._unsent(), **await self._count("dead_letters"), **await self._count("parked")},
        )

    async def _count(self, collection: str) -> dict[str, int]:
        return {f"{name}'s {collection}": await db.count(collection, {}) for name, db in self._databases.items()}
