"""The embedded Kafka and MongoDB, one node each, as `ccms up` runs them: killed, and started again with everything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deploy.local import jars
from deploy.local.child import Child
from deploy.local.kafka import brokers_at, launch_kafka
from deploy.local.mongod import launch_mongod
from deploy.local.ports import HOST, choose_ports
from deploy.local.replica_set import SET_NAME, configured, is_primary
from tests.chaos.clusters.node import Node
from tests.conftest import Servers
from tests.integration.processes import until


@dataclass(frozen=True)
class Stand:
    """Both servers, in one folder, on ports that stay the same."""

    folder: Path
    ports: dict[str, int]
    kafka: Node
    mongo: Node

    @property
    def servers(self) -> Servers:
        """Where they listen."""
        mongo = f"mongodb://{HOST}:{self.ports['mongo']}/?replicaSet={SET_NAME}"
        return Servers(f"{HOST}:{self.ports['kafka']}", mongo, self.folder)

    async def start(self) -> None:
        """Start what does not run, and wait until both take requests."""
        for node in (self.kafka, self.mongo):
            if not node.runs:
                await node.start()
        await until(partial(brokers_at, self.ports["kafka"]), "Kafka takes requests")
        await until(partial(configured, self.ports["mongo"]), "MongoDB knows its replica set")
        await until(partial(is_primary, self.ports["mongo"]), "MongoDB takes writes")


@asynccontextmanager
async def standing(folder: Path) -> AsyncIterator[Stand]:
    """Both servers; they end with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    ports = choose_ports(folder, ("kafka", "controller", "mongo"))
    lock = jars.fetch(jars.read_lock()["kafka"])

    async def mongod() -> Child:
        return launch_mongod(folder, ports["mongo"])

    kafka = Node(1, folder, partial(launch_kafka, folder, lock, ports, clean=False))
    made = Stand(folder, ports, kafka, Node(1, folder, mongod))
    try:
        await made.start()
        yield made
    finally:
        await asyncio.gather(made.kafka.end(), made.mongo.end())
