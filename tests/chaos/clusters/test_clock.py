"""The clock of every process jumps an hour: leases stay where they are, order stays order, timers fire once."""

import asyncio
from collections import defaultdict
from pathlib import Path

import pytest

from shared.contracts.catalogue import CATALOGUE
from shared.db.lease import SECONDS as LEASE
from tests.chaos.clusters.figures import Said
from tests.chaos.clusters.kafka import kafka_cluster
from tests.chaos.clusters.mongo import replica_set
from tests.chaos.clusters.shifted import VARIABLE
from tests.chaos.clusters.world import World, world
from tests.chaos.place import SERVICES
from tests.chaos.reading.topics import all_records

pytestmark = [pytest.mark.chaos, pytest.mark.nightly, pytest.mark.timeout(400)]
HOUR = 3600
JUMPS = {"an hour on": HOUR, "an hour back": 0, "two hours on": 2 * HOUR}
"""Seconds by which the clocks are wrong after each jump: at the end ahead of all before, so that every timer is due."""


async def test_clocks_that_jump_change_neither_order_nor_leases(tmp_path: Path, figures: Said) -> None:
    shift = tmp_path / "shift"
    shift.write_text("0")
    serve = ("-m", "tests.chaos.clusters.shifted")
    async with (
        kafka_cluster(tmp_path, 1) as kafka,
        replica_set(tmp_path, 1) as mongo,
        world(kafka.servers, mongo.url, tmp_path, wires={VARIABLE: str(shift)}, serve=serve, partitions=3) as made,
    ):
        before = await holders(made)
        async with made.at_work():
            for name, seconds in JUMPS.items():
                async with made.fault(f"clocks: {name}", figures):
                    set_aside = shift.with_suffix(".new")
                    set_aside.write_text(str(seconds))
                    set_aside.replace(shift)
                    await asyncio.sleep(LEASE + 1)  # a holder has to renew it under the new time
        assert await holders(made) == before
        assert await running_backwards(made) == []


async def holders(world: World) -> dict[str, str]:
    """Who holds each lease."""
    rows = {name: await world.databases[name].find("leases", {}) for name in SERVICES}
    return {f"{name} {row['_id']}": row["holder"] for name, each in rows.items() for row in each}


async def running_backwards(world: World) -> list[str]:
    """Aggregates whose later events have an earlier time."""
    topics = [entry.topic for entry in CATALOGUE.values() if not entry.command]
    records = await all_records(world.place.settings, topics)
    told: dict[str, dict[int, str]] = defaultdict(dict)
    for record in (record for each in records.values() for record in each):
        said = {name: value.decode() for name, value in record.headers}
        told[(record.key or b"").decode()][int(said["ce_sequence"])] = said["ce_time"]
    times = {key: [each[n] for n in sorted(each)] for key, each in told.items()}
    return [key for key, each in times.items() if each != sorted(each)]
