"""Three Kafka nodes, of which two have to have an event: while some of them are away everything is kept and sent."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pytest_asyncio import fixture

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.complaint import ComplaintCreated
from tests.chaos.clusters.figures import Said
from tests.chaos.clusters.kafka import Kafka, kafka_cluster
from tests.chaos.clusters.mongo import replica_set
from tests.chaos.clusters.node import Node
from tests.chaos.clusters.world import World, world
from tests.integration.processes import until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="module")]
AWAY = 20.0


@fixture(scope="module", loop_scope="module")
async def on_kafka(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[World, Kafka]]:
    """Services on three Kafka nodes and one of MongoDB."""
    folder = tmp_path_factory.mktemp("kafka")
    async with (
        kafka_cluster(folder, 3) as kafka,
        replica_set(folder, 1) as mongo,
        world(kafka.servers, mongo.url, folder, replication=3, in_sync=2, partitions=3) as made,
    ):
        yield made, kafka


async def leader(world: World, kafka: Kafka) -> Node:
    """Who leads the topic on which most depends."""
    return await kafka.leader_of(world.place.settings.named(ComplaintCreated.type))


async def in_sync(world: World, kafka: Kafka) -> None:
    """Wait until every node has everything."""
    topics = [world.place.settings.named(entry.topic) for entry in CATALOGUE.values()]

    async def all_have_all() -> bool:
        return await kafka.in_sync(topics) == len(kafka.nodes)

    await kafka.is_whole()
    await until(all_have_all, "every replica is in sync")


async def test_the_leader_is_killed(on_kafka: tuple[World, Kafka], figures: Said) -> None:
    world, kafka = on_kafka
    async with world.at_work():
        killed = await leader(world, kafka)
        async with world.fault("Kafka: the leader is killed", figures):
            await killed.kill()
        await killed.start()
        await in_sync(world, kafka)


@pytest.mark.nightly
async def test_two_are_killed_and_what_is_filed_meanwhile_is_kept(on_kafka: tuple[World, Kafka], figures: Said) -> None:
    world, kafka = on_kafka
    async with world.at_work():
        first = await leader(world, kafka)
        second = next(node for node in kafka.nodes if node is not first)
        filed = len(world.ledger.ids)
        async with world.fault(f"Kafka: two of three are killed, for {AWAY:.0f} s", figures):
            await asyncio.gather(first.kill(), second.kill())
            await asyncio.sleep(AWAY)
            assert len(world.ledger.ids) > filed
            await asyncio.gather(first.start(), second.start())
            await kafka.is_whole()
        await in_sync(world, kafka)


@pytest.mark.nightly
async def test_one_is_paused(on_kafka: tuple[World, Kafka], figures: Said) -> None:
    world, kafka = on_kafka
    async with world.at_work():
        paused = await leader(world, kafka)
        async with world.fault("Kafka: the leader is paused for 30 s", figures):
            paused.pause()
            try:
                await asyncio.sleep(30)
            finally:
                paused.go_on()
        await in_sync(world, kafka)


@pytest.mark.nightly
async def test_all_are_restarted_in_turn(on_kafka: tuple[World, Kafka], figures: Said) -> None:
    world, kafka = on_kafka
    async with world.at_work(), world.fault("Kafka: restarted in turn", figures):
        for node in kafka.nodes:
            await node.stop()
            await node.start()
            await in_sync(world, kafka)
