"""The disk of a server is full: it stands still or dies, and with room again everything goes on."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest
from pytest_asyncio import fixture

from tests.chaos.clusters.figures import Said
from tests.chaos.clusters.kafka import kafka_cluster
from tests.chaos.clusters.mongo import replica_set
from tests.chaos.clusters.node import Node
from tests.chaos.clusters.small_disk import SmallDisk, may_mount, small_disk
from tests.chaos.clusters.world import World, world

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.nightly,
    pytest.mark.timeout(400),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform != "linux" or not may_mount(), reason="this user may not mount a small disk"),
]
FULL = 15.0


@dataclass(frozen=True)
class Cramped:
    """A server on a small disk; `is_back` waits until it takes requests."""

    node: Node
    disk: SmallDisk
    is_back: Callable[[], Awaitable[object]]


@fixture(scope="module", loop_scope="module")
async def cramped(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[World, dict[str, Cramped]]]:
    """Services on one node of each server, each with a small disk of its own."""
    folder = tmp_path_factory.mktemp("disk")
    with small_disk(folder / "kafka-1", 400) as of_kafka, small_disk(folder / "mongo-1", 900) as of_mongo:
        async with (
            kafka_cluster(folder, 1) as kafka,
            replica_set(folder, 1) as mongo,
            world(kafka.servers, mongo.url, folder, partitions=1) as made,
        ):
            servers = {
                "Kafka": Cramped(kafka.nodes[0], of_kafka, kafka.is_whole),
                "MongoDB": Cramped(mongo.nodes[0], of_mongo, mongo.is_whole),
            }
            yield made, servers


@pytest.mark.parametrize("server", ["Kafka", "MongoDB"])
async def test_the_disk_is_full(cramped: tuple[World, dict[str, Cramped]], server: str, figures: Said) -> None:
    world, servers = cramped
    struck = servers[server]
    async with world.at_work(), world.fault(f"disk of {server}: full for {FULL:.0f} s", figures):
        struck.disk.fill()
        await asyncio.sleep(FULL)
        assert not struck.node.runs, "it did not notice"
        struck.disk.make_room()
        await struck.node.start()
        await struck.is_back()
