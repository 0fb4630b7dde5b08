"""Two files of complaints into a running `ccms up`: how long until every row is stored, told and counted.

One file is filed live, the other taken as history; then both are run again, which must add nothing.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil

from bench.figures import Figure, at_most
from bench.processes import ROOT, cpu_seconds
from bench.rows import LIVE, PAST, files
from bench.stand import Stand
from bench.startup import started
from shared.db.client import Mongo
from shared.db.outbox import COLLECTION as OUTBOX
from shared.db.outbox import UNSENT
from shared.messaging.kafka import groupless_consumer
from shared.runtime.credentials import Brokers

OPTIONS: Final = {
    LIVE: ("--map", "body=content", "--map", "title=title", "--map", "occurred_at=begin", "--key", "petition_idx"),
    PAST: ("--map", "body=narrative", "--map", "product.name=product", "--key", "row_id", "--history"),
}
PATIENCE: Final = 300.0


@dataclass(frozen=True, slots=True)
class Counted:
    """Complaints in MongoDB, different ones told on Kafka, and complaints in alerts."""

    stored: int
    told: int
    cases: int


async def measure(_: Stand) -> list[Figure]:
    """First everything, then the same once more."""
    with tempfile.TemporaryDirectory(prefix="ccms-bench-") as name:
        folder = Path(name)
        source = files(folder)
        with started(folder / "data") as (_seconds, up):
            run = json.loads((folder / "data" / "run.json").read_text())
            before = _cpu(up.pid)
            begun = time.perf_counter()
            first = [_imported(source / file, folder) for file in (LIVE, PAST)]
            counted = await _settled(run)
            seconds = time.perf_counter() - begun
            after = _cpu(up.pid)
            again = [_imported(source / file, folder) for file in (LIVE, PAST)]
            twice = await _settled(run)
    accepted = sum(said["accepted"] for said in first)
    _check(accepted, sum(said["accepted"] for said in again), counted, twice)
    spent = {kind: 1000 * (after[kind] - before[kind]) / accepted for kind in after}
    return [
        at_most(f"{accepted:,} rows imported until alerts has counted all", seconds, "s", 30),
        Figure("rows imported a second", accepted / seconds, "/s"),
        Figure("the same files again, nothing added", sum(said["seconds"] for said in again), "s"),
        *(Figure(f"CPU for a row imported, {kind}", value, "ms") for kind, value in spent.items()),
    ]


def _imported(file: Path, folder: Path) -> dict[str, Any]:
    """What `ccms import` says of a file."""
    command = [sys.executable, "-m", "deploy.cli", "import", str(file), *OPTIONS[file.name]]
    places = ["--data", str(folder / "data"), "--rejected", str(folder / f"{file.stem}.rejected.csv")]
    done = subprocess.run([*command, *places, "--json"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout))


async def _settled(run: dict[str, Any]) -> Counted:
    """What is there once all was sent and counted."""
    intake, alerts = (Mongo(run["mongo"], f"ccms_{name}") for name in ("intake", "alerts"))
    until = time.perf_counter() + PATIENCE
    stored = await intake.count("complaints", {})
    while time.perf_counter() < until:
        unsent = [await mongo.count(OUTBOX, UNSENT, limit=1) for mongo in (intake, alerts)]
        cases = await alerts.count("cases", {})
        if cases >= stored and not any(unsent):
            return Counted(stored, await _told(run["kafka"]), cases)
        await asyncio.sleep(0.05)
    raise TimeoutError("alerts has not counted all")


async def _told(kafka: str) -> int:
    """How many different complaints `complaint.created` tells of."""
    consumer = groupless_consumer(Brokers(kafka), "complaint.created")
    await consumer.start()
    try:
        ends = await consumer.end_offsets(consumer.assignment())
        told: set[bytes | None] = set()
        while any([await consumer.position(place) < end for place, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                told.update(record.key for record in records)
        return len(told)
    finally:
        await consumer.stop()


def _check(accepted: int, again: int, counted: Counted, twice: Counted) -> None:
    if again or counted != Counted(accepted, accepted, accepted) or twice != counted:
        raise RuntimeError(f"{accepted} accepted, then {again}; there are {counted}, then {twice}")


def _cpu(pid: int) -> dict[str, float]:
    """CPU seconds so far of the services, of each server, and of the importers that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = {"services": cpu_seconds(pid), "importer": ended.ru_utime + ended.ru_stime}
    for child in psutil.Process(pid).children(recursive=True):
        kind = {"java": "Kafka", "mongod": "MongoDB"}.get(child.name())
        if kind:
            spent[kind] = cpu_seconds(child.pid)
    return spent
