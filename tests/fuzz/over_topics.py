"""Topics: records with something wrong in them among good ones, for every topic that somebody reads."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from deploy import registry
from shared.contracts.catalogue import Entry, dead_letter_topic, entry_of
from shared.db.client import Mongo
from shared.messaging.burial import KEPT_HEADERS, SEALED_FOR
from shared.messaging.consumer import On
from tests.chaos.place import Place
from tests.chaos.reading.intake import ids_in
from tests.chaos.reading.topics import Record, all_records
from tests.chaos.settling import inbox_id
from tests.fuzz import accounted
from tests.fuzz.accounted import Taken
from tests.fuzz.findings import Finding, Report
from tests.fuzz.records import Letter, a_good_one, letters
from tests.fuzz.running import run
from tests.fuzz.stand import Stand
from tests.integration.processes import until
from tests.integration.topics import committed, speaking

EFFECTS: Final = {
    "alerts.complaint.created": "cases",
    "intake.issue.opened": "issues",
    "intake.issue.escalated": "issues",
}
"""Readers that make a document under the id that the event names, and where."""
GOOD_EVERY: Final = 3
"""One good neighbour after so many others."""
Sent = Mapping[accounted.Place, Letter]


@dataclass(frozen=True)
class Reader:
    """One consumer of one service."""

    service: str
    on: On

    @property
    def entry(self) -> Entry:
        """Its topic."""
        return entry_of(self.on.model)

    @property
    def name(self) -> str:
        """As it stands in the report and is the name of its group."""
        return f"{self.service}.{self.entry.topic}"


READERS: Final = [Reader(name, on) for name in registry.MODULES for on in registry.service(name).takes]


async def fuzz(stand: Stand, report: Report, cases: int, seed: object, only: str = "") -> None:
    """So many cases, each reader its share; then what became of every record."""
    readers = [reader for reader in READERS if only in reader.name]
    entries = {reader.entry.topic: reader.entry for reader in readers}
    if not readers:
        return
    share, sent = -(-cases // len(readers)), dict[str, Sent]()
    for topic, entry in entries.items():
        drawn: list[Letter] = []
        await asyncio.to_thread(run, topic, share, seed, letters(entry), drawn.append)
        sent[topic] = await _send(stand, entry, _among_good_ones(entry, drawn))
    place = stand.fleet.place
    for reader in readers:
        try:
            await _caught_up(place, reader)
        except AssertionError as behind:
            report.note(Finding(reader.name, "stands still", str(behind)))
    records = await all_records(place.settings, entries)
    for reader in readers:
        await _account(stand, report, reader, records[reader.entry.topic], sent[reader.entry.topic])


def _among_good_ones(entry: Entry, drawn: Sequence[Letter]) -> list[Letter]:
    mixed = [a_good_one(entry)]
    for number, letter in enumerate(drawn, start=1):
        mixed += [letter, a_good_one(entry)] if number % GOOD_EVERY == 0 else [letter]
    return mixed


async def _send(stand: Stand, entry: Entry, mixed: Sequence[Letter]) -> Sent:
    """Put them on their topic in this order; where each of them stands."""
    settings = stand.fleet.deployment.settings
    async with speaking(settings) as producer:
        waiting = [
            await producer.send(settings.named(entry.topic), letter.value, key=letter.key, headers=letter.headers)
            for letter in mixed
        ]
        places = [await each for each in waiting]
    return {(at.partition, at.offset): letter for at, letter in zip(places, mixed, strict=True)}


async def _caught_up(place: Place, reader: Reader) -> None:
    """Wait until the reader has committed everything."""
    records = await all_records(place.settings, {reader.entry.topic})
    end = max((record.offset + 1 for record in records[reader.entry.topic]), default=0)

    async def has_come_to_the_end() -> bool:
        return await committed(place.settings, reader.name, reader.entry.topic) >= end

    await until(has_come_to_the_end, f"{reader.name} takes all {end} records")


async def _account(stand: Stand, report: Report, reader: Reader, records: Sequence[Record], sent: Sent) -> None:
    """Hold every record of a topic against what the reader has noted."""
    taken = await _taken(stand, reader)
    sealed = reader.entry.kind == "contact"
    for record in records:
        place = (record.partition, record.offset)
        told = [(name, bytes(value or b"")) for name, value in record.headers]
        letter = sent.get(place) or Letter(record.key, record.value, told, True)
        marker = inbox_id(reader.name, reader.on, record)
        kept = frozenset(KEPT_HEADERS) if sealed else frozenset()
        for fault in accounted.faults(letter, place, marker, kept, taken):
            report.note(Finding(reader.name, fault, accounted.shown(letter, place, taken.dead.get(place))))
        if place in sent:
            report.count(reader.name, accounted.end_of(letter, place, marker, taken))


async def _taken(stand: Stand, reader: Reader) -> Taken:
    place, topic = stand.fleet.place, dead_letter_topic(reader.service, reader.entry.topic)
    mongo = place.mongo(reader.service)
    try:
        inbox = await mongo.find("inbox", {"_id": {"$regex": f"^{reader.name}:"}}, fields={"_id": 1})
        dead = await mongo.find("dead_letters", {"consumer": reader.name})
        effects = await ids_in(mongo, EFFECTS[reader.name]) if reader.name in EFFECTS else None
        await _all_sent(mongo)
    finally:
        mongo.close()
    told = (await all_records(place.settings, {topic}))[topic]
    return Taken(
        frozenset(row["_id"] for row in inbox),
        {(row["partition"], row["offset"]): _unsealed(row, stand) for row in dead},
        frozenset(_said_at(record) for record in told),
        None if effects is None else frozenset(effects),
    )


async def _all_sent(mongo: Mongo) -> None:
    async def nothing_waits() -> bool:
        return not await mongo.count("outbox", {"unsent": True})

    await until(nothing_waits, "the outbox is empty")


def _unsealed(row: dict[str, Any], stand: Stand) -> dict[str, Any]:
    if not row["sealed"]:
        return row
    opened = {part: row[part] and stand.vault.open(row[part], SEALED_FOR) for part in ("key", "body")}
    return row | opened


def _said_at(record: Record) -> accounted.Place:
    said = defaultdict(bytes, {name: value for name, value in record.headers if name == "x-at"})
    partition, _colon, offset = said["x-at"].decode().partition(":")
    return int(partition), int(offset)
