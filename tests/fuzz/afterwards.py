"""What stands behind when all is over: nothing half stored, nobody dead, nothing strange in a log."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx

from shared.contracts.catalogue import CATALOGUE
from tests.chaos.check import faults
from tests.chaos.fleet import Fleet
from tests.chaos.found import Found, Sent
from tests.chaos.ledger import Ledger
from tests.chaos.place import SERVICES, Place
from tests.chaos.reading.alerts import Alerts
from tests.chaos.reading.intake import Intake
from tests.chaos.reading.service import Kept
from tests.chaos.reading.topics import TOLD, all_records, sent_of
from tests.chaos.settling import settle
from tests.fuzz.findings import Finding

STRANGE: Final = frozenset(
    {"unexpected error", "consumer.broken", "consumer.stopped", "relay.trouble", "consumer.trouble"}
)
"""Lines of a log that tell of a fault, or of a part that stands still."""


async def half_done(fleet: Fleet) -> list[Finding]:
    """What requests have left: every change with all its events, all services of one mind."""
    try:
        await settle(fleet.place)
    except AssertionError as restless:
        return [Finding("what is stored", "it does not come to rest", str(restless))]
    found = await _found(fleet.place)
    return [Finding("what is stored", str(fault), "after all requests") for fault in faults(Ledger(), found)]


async def _found(place: Place) -> Found:
    """What there is, without what somebody asked for: nobody has written that down."""
    records = await all_records(place.settings, TOLD)
    databases = {service: place.mongo(service) for service in SERVICES}
    try:
        kept = [await Kept.read(service, mongo) for service, mongo in databases.items()]
        intake, alerts = await Intake.read(databases["intake"]), await Alerts.read(databases["alerts"])
    finally:
        for mongo in databases.values():
            mongo.close()
    return Found(
        done=[],
        complaints=[row["_id"] for row in intake.complaints],
        told={_own(s, key): last for s, each in zip(SERVICES, kept, strict=True) for key, last in each.told.items()},
        sent=[_owned(sent_of(record, topic)) for topic in TOLD for record in records[topic]],
        cases={row["_id"]: row["issue_id"] for row in alerts.cases},
        linked={row["_id"]: row["issue_id"] for row in intake.complaints},
        counted=alerts.counted(),
        messages=alerts.told(),
        fired=alerts.fired(),
        half=[*intake.half(), *alerts.half()],
        left={name: number for each in kept for name, number in each.left.items()},
    )


def _owned(sent: Sent) -> Sent:
    return replace(sent, key=_own(CATALOGUE[sent.topic].owner, sent.key))


def _own(service: str, key: str) -> str:
    """A key within its service: a department may be called like a product."""
    return f"{service}:{key}" if service == "sharing" else key


async def unwell(fleet: Fleet) -> list[Finding]:
    """Parts of processes that do no more work, and processes that have ended."""
    found = []
    async with httpx.AsyncClient(timeout=10) as http:
        for post in fleet.posts:
            if not post.runs:
                found.append(Finding(post.name, "has ended", post.last_words))
                continue
            said: dict[str, Any] = (await http.get(f"{post.url}/live")).json()
            parts = [name for name, well in _flat(said) if well is False]
            found += [Finding(post.name, f"{name} is not alive", "after all cases") for name in parts]
    return found


def _flat(said: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(said, dict):
        for inner, value in said.items():
            yield from _flat(value, inner)
    else:
        yield name, said


def strange_lines(log: Path) -> Iterator[Finding]:
    """What a process has written down that it never should have to."""
    for line in log.read_text(errors="replace").splitlines():
        if line.startswith("{"):
            said = json.loads(line)
            if said.get("event") in STRANGE:
                what = " ".join(str(said.get(name, "")) for name in ("event", "consumer", "error"))
                yield Finding(log.stem, what.strip(), str(said.get("at") or said)[-900:])
        elif line.startswith("Traceback"):
            yield Finding(log.stem, "a traceback in the log", str(log))
