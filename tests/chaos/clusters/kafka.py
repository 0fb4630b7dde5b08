"""A Kafka cluster of embedded nodes, each a broker and a controller with a small heap."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient

from deploy.local import jars
from deploy.local.child import Child
from deploy.local.kafka import brokers_at, launch_kafka, new_id
from deploy.local.ports import HOST, choose_ports
from tests.chaos.clusters.node import Node
from tests.integration.processes import until

IN_SYNC = 2
LISTENERS = ("kafka", "controller", "services")
_MORE = """\
node.id={node}
listeners=PLAINTEXT://{host}:{kafka},CONTROLLER://{host}:{controller},SERVICES://{host}:{services}
advertised.listeners=PLAINTEXT://{host}:{kafka},SERVICES://{host}:{advertised}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SERVICES:PLAINTEXT
controller.quorum.bootstrap.servers={controllers}
broker.session.timeout.ms=4000
broker.heartbeat.interval.ms=1000
default.replication.factor={copies}
min.insync.replicas={in_sync}
offsets.topic.replication.factor={copies}
transaction.state.log.replication.factor={copies}
transaction.state.log.min.isr={in_sync}
"""


@dataclass(frozen=True)
class Kafka:
    """A cluster; `ports` are those of each node: `kafka`, `controller`, and `services`, whose clients are told that it
    listens at `advertised`.
    """

    nodes: Sequence[Node]
    ports: Sequence[dict[str, int]]

    @property
    def servers(self) -> str:
        """For clients that come straight."""
        return ",".join(f"{HOST}:{each['kafka']}" for each in self.ports)

    async def is_whole(self, count: int | None = None) -> None:
        """Wait until every running node (or `count`) sees that many brokers."""
        wanted = count or len(self.nodes)

        async def all_there() -> bool:
            running = [ports["kafka"] for node, ports in zip(self.nodes, self.ports, strict=True) if node.runs]
            seen = await asyncio.gather(*(brokers_at(port) for port in running))
            return len(running) >= wanted and min(seen) >= wanted

        await until(all_there, f"{wanted} brokers are there")

    async def leader_of(self, topic: str, partition: int = 0) -> Node:
        """The node that leads a partition now."""
        (said,) = await self._describe([topic])
        leader: int = next(each["leader"] for each in said["partitions"] if each["partition"] == partition)
        return self.nodes[leader - 1]

    async def in_sync(self, topics: Sequence[str]) -> int:
        """The smallest number of replicas in sync of any partition of these topics."""
        return min(len(part["isr"]) for topic in await self._describe(topics) for part in topic["partitions"])

    async def _describe(self, topics: Sequence[str]) -> list[dict[str, Any]]:
        admin = AIOKafkaAdminClient(bootstrap_servers=self.servers, request_timeout_ms=5_000)
        await admin.start()
        try:
            return list(await admin.describe_topics(list(topics)))
        finally:
            await admin.close()


@asynccontextmanager
async def kafka_cluster(folder: Path, count: int, advertised: Sequence[int] = ()) -> AsyncIterator[Kafka]:
    """So many nodes that know each other and take requests; `advertised` are ports of proxies in front of them."""
    folders = [folder / f"kafka-{n}" for n in range(1, count + 1)]
    folder.mkdir(parents=True, exist_ok=True)
    chosen = choose_ports(folder, tuple(f"{what}-{n}" for n in range(count) for what in LISTENERS))
    ports = [{what: chosen[f"{what}-{n}"] for what in LISTENERS} for n in range(count)]
    launches = _launches(folders, ports, advertised)
    made = Kafka([Node(n + 1, each, launches[n]) for n, each in enumerate(folders)], ports)
    try:
        for node in made.nodes:  # formatting is a JVM of its own each
            await node.start()
        await made.is_whole()
        yield made
    finally:
        await asyncio.gather(*(node.end() for node in made.nodes))


def _launches(
    folders: Sequence[Path], ports: Sequence[dict[str, int]], advertised: Sequence[int]
) -> list[partial[Coroutine[Any, Any, Child]]]:
    lock = jars.fetch(jars.read_lock()["kafka"])
    voters = [f"{HOST}:{each['controller']}" for each in ports]
    initial = ",".join(f"{n}@{voter}:{new_id()}" for n, voter in enumerate(voters, start=1))
    quorum = ["--cluster-id", new_id(), "--initial-controllers", initial]
    made = []
    for n, (folder, own) in enumerate(zip(folders, ports, strict=True)):
        more = _MORE.format(
            node=n + 1,
            host=HOST,
            controllers=",".join(voters),
            copies=len(ports),
            in_sync=min(IN_SYNC, len(ports)),
            advertised=advertised[n] if advertised else own["services"],
            **own,
        )
        made.append(partial(_launch, folder, lock, own, more, quorum))
    return made


async def _launch(folder: Path, lock: list[Path], ports: dict[str, int], more: str, quorum: list[str]) -> Child:
    return await launch_kafka(folder, lock, ports, clean=True, more=more, quorum=quorum)
