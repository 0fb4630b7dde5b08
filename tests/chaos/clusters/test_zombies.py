"""A process that slept while another did its work wakes up: it finds that it has no say any more."""

import asyncio
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.catalogue import CATALOGUE
from tests.chaos.clusters.figures import Said
from tests.chaos.clusters.kafka import kafka_cluster
from tests.chaos.clusters.mongo import replica_set
from tests.chaos.clusters.world import World, world
from tests.chaos.place import SERVICES
from tests.chaos.reading.topics import all_records
from tests.integration.processes import Served, until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400)]
WORK = ("--roles", "relay,consumers,jobs")
LEASES = ("relay", "jobs")
Places = dict[tuple[str, int, int], str]
"""Topic, partition, offset → the event that stands there."""


@pytest.mark.parametrize("seconds", [8, pytest.param(60, marks=pytest.mark.nightly)])
async def test_a_worker_that_slept_puts_nothing_old_behind_something_new(
    tmp_path: Path, seconds: float, figures: Said
) -> None:
    api_only = dict.fromkeys(SERVICES, ("--roles", "api"))
    name = f"every worker sleeps for {seconds:.0f} s while another takes over"
    async with (
        kafka_cluster(tmp_path, 1) as kafka,
        replica_set(tmp_path, 1) as mongo,
        world(kafka.servers, mongo.url, tmp_path, options=api_only, partitions=3) as made,
    ):
        sleepers = await asyncio.gather(*(made.start(service, *WORK) for service in SERVICES))
        held = await leases(made)
        await asyncio.gather(*(made.start(service, *WORK) for service in SERVICES))
        async with made.at_work(), made.fault(name, figures):
            send(sleepers, signal.SIGSTOP)
            await asyncio.sleep(seconds)
            await until(lambda: all_others(made, held), "others hold every lease")
            before = await standing(made)
            send(sleepers, signal.SIGCONT)
        after = await standing(made)
        known, new = set(before.values()), [id for place, id in after.items() if place not in before]
        assert known.isdisjoint(new), "something old came again"
        assert len(new) == len(set(new)), "something came twice"
        assert [process.process.poll() for process in sleepers] == [None] * len(sleepers)


def send(processes: Iterable[Served], number: signal.Signals) -> None:
    """Stop them, or let them go on."""
    for served in processes:
        served.process.send_signal(number)


async def leases(world: World) -> dict[str, str]:
    """Who holds each lease, once each is held."""

    async def held() -> dict[str, str] | None:
        rows = {name: await world.databases[name].find("leases", {"_id": {"$in": LEASES}}) for name in SERVICES}
        found = {f"{name} {row['_id']}": row["holder"] for name, each in rows.items() for row in each}
        return found if len(found) == len(SERVICES) * len(LEASES) else None

    return await until(held, "every lease is held") or {}


async def all_others(world: World, before: dict[str, str]) -> bool:
    """Whether nobody holds a lease any more who held it then."""
    now = await leases(world)
    return all(now[name] != holder for name, holder in before.items())


async def standing(world: World) -> Places:
    """Everything that stands on the topics."""
    records = await all_records(world.place.settings, [e.topic for e in CATALOGUE.values() if not e.command])
    return {(topic, r.partition, r.offset): said(r) for topic, each in records.items() for r in each}


def said(record: Any) -> str:
    """The id of an event."""
    return str(dict(record.headers)["ce_id"], "utf-8")
