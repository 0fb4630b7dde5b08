"""A MongoDB replica set of embedded nodes, with the election time-out of a deployment."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from deploy.local.child import Child
from deploy.local.mongod import launch_mongod
from deploy.local.ports import HOST, choose_ports
from deploy.local.replica_set import SET_NAME, is_primary
from shared.db.client import StoreError, run_admin_command
from tests.chaos.clusters.node import Node
from tests.integration.processes import until

ELECTION_MS = 3000
"""Milliseconds without a word of the primary after which the others choose another."""


@dataclass(frozen=True)
class ReplicaSet:
    """A replica set; `ports` are its members'."""

    nodes: Sequence[Node]
    ports: Sequence[int]

    @property
    def url(self) -> str:
        """For clients that come straight."""
        return f"mongodb://{','.join(f'{HOST}:{port}' for port in self.ports)}/?replicaSet={SET_NAME}"

    async def primary(self, among: Sequence[Node] = ()) -> Node:
        """The node that takes writes, as soon as there is one."""

        async def which() -> Node | None:
            for node in among or self.nodes:
                if node.runs and await is_primary(self.port(node)):
                    return node
            return None

        found = await until(which, "there is a primary")
        assert found is not None
        return found

    def port(self, node: Node) -> int:
        """Where a member listens."""
        return self.ports[node.number - 1]

    def others(self, node: Node) -> list[Node]:
        """The members beside it."""
        return [each for each in self.nodes if each is not node]

    async def step_down(self) -> None:
        """Have the primary give up its place for ten seconds."""
        port = self.port(await self.primary())
        with suppress(StoreError):  # it may close the connection before it answers
            await run(port, {"replSetStepDown": 10, "secondaryCatchUpPeriodSecs": 5})

    async def is_whole(self) -> None:
        """Wait until there is a primary and everybody else follows it."""
        await self.primary()

        async def all_follow() -> bool:
            try:
                status = await run(self.port(await self.primary()), {"replSetGetStatus": 1})
            except StoreError:
                return False
            return {m["stateStr"] for m in status["members"]} <= {"PRIMARY", "SECONDARY"}

        await until(all_follow, "every member follows")


@asynccontextmanager
async def replica_set(folder: Path, count: int) -> AsyncIterator[ReplicaSet]:
    """So many members with a primary."""
    folders = [folder / f"mongo-{n}" for n in range(1, count + 1)]
    folder.mkdir(parents=True, exist_ok=True)
    ports = list(choose_ports(folder, tuple(f"mongo-{n}" for n in range(count))).values())
    made = ReplicaSet([Node(n + 1, each, partial(_launch, each, ports[n])) for n, each in enumerate(folders)], ports)
    try:
        await asyncio.gather(*(node.start() for node in made.nodes))
        await _initiate(made)
        await made.is_whole()
        yield made
    finally:
        await asyncio.gather(*(node.end() for node in made.nodes))


async def _initiate(made: ReplicaSet) -> None:
    members = [{"_id": n, "host": f"{HOST}:{port}"} for n, port in enumerate(made.ports)]
    config = {"_id": SET_NAME, "members": members, "settings": {"electionTimeoutMillis": ELECTION_MS}}
    for port in made.ports:
        await until(partial(_answers, port), "a member answers")
    await run(made.ports[0], {"replSetInitiate": config})


async def _answers(port: int) -> bool:
    try:
        return bool(await run(port, {"ping": 1}))
    except StoreError:
        return False


async def run(port: int, command: dict[str, Any]) -> dict[str, Any]:
    """A command to one member, in time or not at all."""
    return await run_admin_command(f"mongodb://{HOST}:{port}/", command, 2.0)


async def _launch(folder: Path, port: int) -> Child:
    return launch_mongod(folder, port)
