"""Years of complaints, put into the database at once: some are filed as anybody files them, the others are their like.

A tenth are open. Products and issues are many, a few of them with very many complaints, as in life.
"""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, Final
from uuid import UUID

import orjson

from bench.company import company
from bench.filing import BODIES
from bench.live import GRAVE, WAY
from bench.load import request
from bench.pace import pace
from bench.stand import Stand
from services.intake.domain.complaint import Complaint
from services.intake.service import SERVICE
from shared.db.client import Mongo, deadline
from shared.db.schema import prepare
from shared.identity.organisation import Organisation

Document = dict[str, Any]
BATCH: Final = 1_000
WRITERS: Final = 3
INDEXING: Final = 1_800.0
OPEN_SHARE: Final = 0.1
SPAN: Final = timedelta(days=365)
NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
STATES: Final = ("received", "assigned", "investigating", "answered", "reviewing", "reopened")
CLOSED: Final = ("resolved", "resolved", "resolved", "withdrawn", "referred")
CAUSES: Final = ("unknown", "found", "removing")
KINDS: Final = ("complaint", "complaint", "damage", "inquiry")
CHANNELS: Final = ("web", "phone", "email", "store", "api", "1372")


async def patterns(stand: Stand) -> list[Document]:
    """Complaints as intake stores them, of every text that the benches file."""
    texts = [*BODIES, GRAVE]
    with company(stand, "intake", roles="api") as services:
        bodies = [orjson.dumps({"body": body, "product": {"code": "P-1", "name": "전기장판"}}) for body in texts]
        await pace(services["intake"].port, lambda n: request(WAY, bodies[n], stand.key), 10, len(bodies) / 10)
    mongo = stand.mongo_of("intake")
    found = await mongo.find(Complaint.collection, {})
    mongo.close()
    return found


async def fill(mongo: Mongo, patterns: Sequence[Document], organisation: Organisation, count: int) -> None:
    """Put so many in; the indexes come afterwards, in one go."""
    rows = _like(patterns, organisation, count)

    async def write() -> None:
        while batch := list(islice(rows, BATCH)):
            await mongo.insert(Complaint.collection, batch)

    await asyncio.gather(*(write() for _ in range(WRITERS)))
    with deadline(INDEXING):
        await prepare(mongo, SERVICE.models, SERVICE.steps)


def _like(patterns: Sequence[Document], organisation: Organisation, count: int) -> Iterator[Document]:
    chance, now = Random(7), datetime.now(UTC).replace(microsecond=0)
    people = [(person.id, person.department) for person in organisation.people]
    for n in range(count):
        row = dict(patterns[n % len(patterns)])
        age = SPAN * n / count
        filed = now - age - timedelta(seconds=chance.random())
        row |= {
            "_id": str(UUID(int=chance.getrandbits(128), version=4)),
            "number": f"C-{filed.year}-{count - n:06d}",
            "severity": chance.choices(("minor", "moderate", "serious", "critical"), (60, 30, 8, 2))[0],
            "channel": chance.choice(CHANNELS),
            "kind": chance.choice(KINDS),
            "product_code": f"P-{int(chance.paretovariate(0.7)) % 5_000}",
            "issue_id": f"issue-{int(chance.paretovariate(0.5)) % (count // 50)}" if n % 3 == 0 else None,
            **dict.fromkeys(("filed_at", "knowledge_at", "told_at"), filed),
        }
        yield row | (_open(chance, people, filed, now) if chance.random() < OPEN_SHARE else _closed(chance, filed))


def _open(chance: Random, people: Sequence[tuple[str, str]], filed: datetime, now: datetime) -> Document:
    person, department = chance.choice(people)
    return {
        "open": True,
        "state": chance.choice(STATES),
        "cause_state": chance.choice(CAUSES),
        "people": [person] if chance.random() < 0.8 else [],
        "waits_for": [department] if chance.random() < 0.8 else [],
        "due_at": now + timedelta(minutes=chance.randint(-3_000, 15_000)),
    }


def _closed(chance: Random, filed: datetime) -> Document:
    return {
        "open": False,
        "state": chance.choice(CLOSED),
        "cause_state": "verified" if chance.random() < 0.8 else "not_ours",
        **dict.fromkeys(("people", "waits_for", "clocks"), ()),
        "due_at": NEVER,
        "timer_id": None,
        "timer_at": None,
        **dict.fromkeys(("resolved_at", "closed_at"), filed + timedelta(days=3)),
    }
