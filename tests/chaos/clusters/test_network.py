"""The network between the services and their servers is cut: silently, with a reset, or it only becomes slow."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial

import pytest
from pytest_asyncio import fixture

from deploy.local.ports import HOST
from tests.chaos.clusters.figures import Said
from tests.chaos.clusters.kafka import kafka_cluster
from tests.chaos.clusters.mongo import replica_set
from tests.chaos.clusters.proxy import Proxy, proxy
from tests.chaos.clusters.world import World, world

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="module")]
SLOW = 0.05
"""Seconds each way: a line to another continent."""


@dataclass(frozen=True)
class Wired:
    """Services that reach their servers through proxies only; those who look at them come straight."""

    world: World
    wires: dict[str, Proxy]


@fixture(scope="module", loop_scope="module")
async def wired(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Wired]:
    """Services, one node of each server, and the network between them."""
    folder = tmp_path_factory.mktemp("network")
    async with (
        proxy() as to_kafka,
        proxy() as to_mongo,
        kafka_cluster(folder, 1, [to_kafka.port]) as kafka,
        replica_set(folder, 1) as mongo,
    ):
        to_kafka.lead_to(kafka.ports[0]["services"])
        to_mongo.lead_to(mongo.ports[0])
        wires = {
            "CCMS_KAFKA": f"{HOST}:{to_kafka.port}",
            "CCMS_MONGO": f"mongodb://{HOST}:{to_mongo.port}/?directConnection=true",
        }
        async with world(kafka.servers, mongo.url, folder, wires=wires, partitions=3) as made:
            yield Wired(made, {"Kafka": to_kafka, "MongoDB": to_mongo})


async def cut(wire: Proxy, how: str, seconds: float) -> None:
    """Cut the network in one way, and mend it."""
    ways: dict[str, Callable[[], None]] = {
        "silent": wire.silence,
        "reset": wire.refuse,
        "slow": partial(wire.slow_down, SLOW),
    }
    ways[how]()
    await asyncio.sleep(seconds)
    wire.heal()


@pytest.mark.parametrize(
    ("server", "how", "seconds"),
    [
        ("MongoDB", "silent", 10),
        *(
            pytest.param(server, how, 30, marks=pytest.mark.nightly)
            for server in ("Kafka", "MongoDB")
            for how in ("silent", "reset", "slow")
        ),
    ],
)
async def test_the_network_is_cut(wired: Wired, server: str, how: str, seconds: float, figures: Said) -> None:
    name = f"network to {server}: {how} for {seconds:.0f} s"
    async with wired.world.at_work(), wired.world.fault(name, figures):
        await cut(wired.wires[server], how, seconds)
