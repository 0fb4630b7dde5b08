"""Three MongoDB members: another becomes primary, and nobody hears of what the old one had alone."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pytest_asyncio import fixture

from tests.chaos.clusters.figures import Said
from tests.chaos.clusters.kafka import kafka_cluster
from tests.chaos.clusters.mongo import ReplicaSet, replica_set
from tests.chaos.clusters.world import World, world

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="module")]
ALONE = 2.0
"""Seconds for which a primary writes what nobody else has; after its election time-out it would step down."""


@fixture(scope="module", loop_scope="module")
async def on_mongo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[World, ReplicaSet]]:
    """Services on three MongoDB members and one Kafka node."""
    folder = tmp_path_factory.mktemp("mongo")
    async with (
        kafka_cluster(folder, 1) as kafka,
        replica_set(folder, 3) as mongo,
        world(kafka.servers, mongo.url, folder, partitions=3) as made,
    ):
        yield made, mongo


async def test_the_primary_is_killed(on_mongo: tuple[World, ReplicaSet], figures: Said) -> None:
    world, mongo = on_mongo
    async with world.at_work():
        primary = await mongo.primary()
        async with world.fault("MongoDB: the primary is killed", figures):
            await primary.kill()
        await primary.start()
        await mongo.is_whole()


@pytest.mark.nightly
async def test_the_primary_steps_down(on_mongo: tuple[World, ReplicaSet], figures: Said) -> None:
    world, mongo = on_mongo
    async with world.at_work(), world.fault("MongoDB: the primary steps down", figures):
        await mongo.step_down()
    await mongo.is_whole()


@pytest.mark.nightly
async def test_what_a_paused_primary_had_alone_was_never_heard_of(
    on_mongo: tuple[World, ReplicaSet], figures: Said
) -> None:
    world, mongo = on_mongo
    async with world.at_work():
        primary = await mongo.primary()
        others = mongo.others(primary)
        async with world.fault("MongoDB: the primary is paused for 25 s, with writes that it had alone", figures):
            await asyncio.gather(*(other.kill() for other in others))
            await asyncio.sleep(ALONE)
            primary.pause()
            await asyncio.gather(*(other.start() for other in others))
            await mongo.primary(others)
            await asyncio.sleep(25)
            primary.go_on()
        await mongo.is_whole()
    assert any((primary.folder / "mongo" / "rollback").rglob("*.bson")), "nothing was rolled back"
