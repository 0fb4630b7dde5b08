"""Consumers come and go, everything is restarted in turn, a holder of leases dies: effects go on within seconds."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from shared.contracts.complaint import ComplaintCreated
from shared.db.member import INBOX
from shared.db.outbox import COLLECTION as OUTBOX
from tests.chaos.clusters.crowding import crowding
from tests.chaos.clusters.figures import Pause, Said
from tests.chaos.clusters.kafka import kafka_cluster
from tests.chaos.clusters.mongo import replica_set
from tests.chaos.clusters.world import World, world
from tests.chaos.place import SERVICES

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400)]
LONGEST_PAUSE = 10.0
CONSUMERS = ("--roles", "consumers")
TOPIC = ComplaintCreated.type


@asynccontextmanager
async def at_work(name: str, folder: Path, figures: Said, **options: Sequence[str]) -> AsyncIterator[World]:
    """Services under load, which settle and are checked at the end; and no event may have waited for long."""
    async with (
        kafka_cluster(folder, 1) as kafka,
        replica_set(folder, 1) as mongo,
        world(kafka.servers, mongo.url, folder, options=options, partitions=3) as made,
    ):
        async with crowding() as machine, made.at_work():
            yield made
        found = await pause(name, made)
        figures.append(found)
        assert found.longest_wait <= LONGEST_PAUSE * machine.factor, found


async def pause(name: str, world: World) -> Pause:
    """How long new complaints waited for their effect in alerts."""
    told = {row["_id"]: row["at"] for row in await world.databases["intake"].find(OUTBOX, {"topic": TOPIC})}
    marker = f"alerts.{TOPIC}:"
    taken = await world.databases["alerts"].find(INBOX, {"_id": {"$in": [marker + id for id in told]}})
    waits = [(row["at"] - told[row["_id"].removeprefix(marker)]).total_seconds() for row in taken]
    times = sorted(row["at"] for row in taken)
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    return Pause(name, len(waits), max(waits), max(gaps))


async def test_consumers_are_one_then_three_then_one(tmp_path: Path, figures: Said) -> None:
    name, roles = "consumers of alerts: 1, 3, 1 (one is stopped, one killed)", ("--roles", "api,relay,jobs")
    async with at_work(name, tmp_path, figures, alerts=roles) as made:
        first = await made.start("alerts", *CONSUMERS)
        more = await asyncio.gather(*(made.start("alerts", *CONSUMERS) for _ in range(2)))
        await made.is_normal(200)
        await first.stop()
        more[0].process.kill()
        await made.is_normal(300)


@pytest.mark.nightly
async def test_everything_is_restarted_in_turn(tmp_path: Path, figures: Said) -> None:
    async with at_work("every service restarted in turn", tmp_path, figures) as made:
        for service in SERVICES:
            old = made.answering[service]
            made.answering[service] = await made.start(service)
            await old.stop()
            await made.is_normal(50)


@pytest.mark.nightly
async def test_the_holders_of_the_leases_are_killed(tmp_path: Path, figures: Said) -> None:
    work, front = ("--roles", "relay,jobs"), dict.fromkeys(SERVICES, ("--roles", "api,consumers"))
    async with at_work("holders of every lease killed", tmp_path, figures, **front) as made:
        holders = await asyncio.gather(*(made.start(service, *work) for service in SERVICES))
        await asyncio.gather(*(made.start(service, *work) for service in SERVICES))
        await made.is_normal(100)
        for holder in holders:
            holder.process.kill()
        await made.is_normal(300)
