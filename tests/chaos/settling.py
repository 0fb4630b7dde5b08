"""When a deployment has settled: everything that was told is sent, and everybody has taken what concerns them."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from deploy import registry
from shared.contracts.catalogue import entry_of
from shared.contracts.cloudevents import Unreadable, from_record
from shared.db.client import Mongo, StoreError
from shared.db.member import INBOX
from shared.db.outbox import UNSENT
from shared.messaging.consumer import On
from shared.runtime.ids import derived_id
from tests.chaos.place import SERVICES, Place
from tests.chaos.reading.topics import Record, all_records

PATIENCE: Final = 120.0
STEADY: Final = 2
"""How often nothing may be left before it is believed: what is taken may have something told in turn."""


async def settle(place: Place, seconds: float = PATIENCE) -> float:
    """Wait until nothing moves any more; how long that took. Raises `AssertionError` with what is left."""
    begun, calm = monotonic(), 0
    databases = {service: place.mongo(service) for service in SERVICES}
    try:
        while calm < STEADY:
            left = await _left(place, databases)
            calm = 0 if left else calm + 1
            assert monotonic() - begun < seconds, f"after {seconds:.0f} s there is left: {left}"
            await asyncio.sleep(0.5)
    finally:
        for mongo in databases.values():
            mongo.close()
    return monotonic() - begun


async def _left(place: Place, databases: Mapping[str, Mongo]) -> dict[str, int]:
    """What has still to go, by name: first what is cheap to ask."""
    try:
        left = {
            name: count for service in SERVICES for name, count in (await _unsent(service, databases[service])).items()
        }
        if not any(left.values()):
            left = await _untaken(place, databases)
    except StoreError as error:
        return {repr(error): 1}
    return {name: count for name, count in left.items() if count}


async def _unsent(service: str, mongo: Mongo) -> dict[str, int]:
    due = {"done_at": None, "due_at": {"$lte": datetime.now(UTC)}}
    waiting = {"done_at": None, "kind": "call-unanswered"}
    return {
        f"{service}'s outbox": await mongo.count("outbox", UNSENT),
        f"{service}'s timers": await mongo.count("timers", {"$or": [due, waiting]}),
    }


async def _untaken(place: Place, databases: Mapping[str, Mongo]) -> dict[str, int]:
    """Records that concern a consumer and are not in its inbox."""
    consumed = [(service, on) for service in SERVICES for on in registry.service(service).takes]
    consumed = [(service, on) for service, on in consumed if not entry_of(on.model).announced]
    records = await all_records(place.settings, {entry_of(on.model).topic for _, on in consumed})
    left = {}
    for service, on in consumed:
        topic = entry_of(on.model).topic
        name = f"{service}.{topic}"
        wanted = {inbox_id(name, on, record) for record in records[topic]} - {""}
        taken = await databases[service].find(INBOX, {"_id": {"$regex": f"^{name}:"}}, fields={"_id": 1})
        left[name] = len(wanted - {row["_id"] for row in taken})
    return left


def inbox_id(name: str, on: On, record: Record) -> str:
    """The name under which a consumer notes that a record was taken; empty when it does not concern it."""
    entry = entry_of(on.model)
    try:
        envelope = from_record(entry, record.headers, record.value)
    except Unreadable:
        return f"{name}:{record.partition}:{record.offset}"
    if not on.concerns(envelope.data):
        return ""
    return f"{name}:{derived_id(envelope.source, envelope.id) if entry.command else envelope.id}"
