"""Nobody may hear of a write that was rolled back: every event on a topic is one that its service has stored."""

from dataclasses import dataclass

from shared.contracts.catalogue import CATALOGUE
from shared.db.outbox import COLLECTION as OUTBOX
from tests.chaos.place import SERVICES, Place
from tests.chaos.reading.topics import Record, all_records


@dataclass(frozen=True)
class Stored:
    """The outbox of a service: `ids`, and the `last` sequence of each key, whose older rows compacted topics drop."""

    ids: set[str]
    last: dict[bytes, int]


async def unknown_events(place: Place) -> list[str]:
    """Events on topics that say they are of a service which has no such row in its outbox."""
    stored = {f"/{service}": await _stored(place, service) for service in SERVICES}
    records = await all_records(place.settings, [entry.topic for entry in CATALOGUE.values()])
    return [
        f"{topic}: {id} was never stored"
        for topic, each in records.items()
        for record in each
        if (id := _unknown(record, stored, compacted=CATALOGUE[topic].compacted))
    ]


def _unknown(record: Record, stored: dict[str, Stored], *, compacted: bool) -> str:
    """The event's id if its service does not know it; empty for what is not of a service."""
    said = {name: value.decode() for name, value in record.headers}
    known, id = stored.get(said["ce_source"]), said["ce_id"]
    if known is None or id in known.ids:
        return ""
    replaced = compacted and int(said["ce_sequence"]) < known.last.get(record.key or b"", 0)
    return "" if replaced else id


async def _stored(place: Place, service: str) -> Stored:
    mongo = place.mongo(service)
    try:
        rows = await mongo.find(OUTBOX, {}, sort=[("sequence", 1)], fields={"key": 1, "sequence": 1})
    finally:
        mongo.close()
    return Stored({row["_id"] for row in rows}, {bytes(row["key"]): row["sequence"] for row in rows})
