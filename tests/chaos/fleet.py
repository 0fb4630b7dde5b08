"""The processes of a deployment, each at its post: always the same service, roles and port, whoever dies there."""

import asyncio
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Final

import httpx

from deploy.local.ports import HOST, choose_ports
from shared.runtime.process import ROLES
from tests.chaos.place import Place
from tests.integration.processes import Deployment, Served, until

Layout = Mapping[str, Sequence[str]]
"""Service → the roles of each of its processes."""

WHOLE: Final = ",".join(ROLES)
LAYOUTS: Final[dict[str, Layout]] = {
    "whole": {"intake": [WHOLE], "alerts": [WHOLE], "sharing": [WHOLE]},
    "mixed": {"intake": ROLES, "alerts": [WHOLE, WHOLE], "sharing": [WHOLE]},
    "split": {"intake": ROLES, "alerts": ROLES, "sharing": ROLES},
}
"""One process a service; intake a process a role and alerts twice; every role of every service on its own."""
KILLED: Final = -signal.SIGKILL
AT_ONCE: Final = 3
"""Processes that are started together: loading a program keeps a core busy for seconds."""
PATIENCE: Final = 180.0


@dataclass
class Post:
    """Where a process runs; `served` is the one that runs there now, or ran there last."""

    deployment: Deployment
    name: str
    service: str
    roles: str
    port: int
    served: Served | None = None

    @property
    def runs(self) -> bool:
        """Whether a process is there."""
        return self.served is not None and self.served.process.poll() is None

    @property
    def has_served(self) -> bool:
        """Whether the process got so far as to take requests."""
        return bool(self._there.url)

    @property
    def last_words(self) -> str:
        """The end of the process's log."""
        return self._there.log.read_text()[-3000:]

    @property
    def url(self) -> str:
        """Where it listens, or would."""
        return f"http://{HOST}:{self.port}"

    def start(self, crash_at: str = "") -> None:
        """Put a process there, which dies by itself at a named point if asked to."""
        assert not self.runs, f"{self.name} runs"
        options = ("--roles", self.roles, "--port", str(self.port))
        self.served = self.deployment.start(self.service, *options, CCMS_CRASH_AT=crash_at)

    async def is_ready(self) -> bool:
        """Whether the process takes requests now."""
        try:
            async with httpx.AsyncClient(timeout=2) as client:
                return self.runs and (await client.get(f"{self.url}/ready")).status_code == 200
        except httpx.TransportError:
            return False

    async def ready(self) -> None:
        """Wait until the process takes requests."""

        async def is_ready_or_gone() -> bool:
            assert self.runs, f"{self.name} ended:\n{self.last_words}"
            return await self.is_ready()

        await until(is_ready_or_gone, f"{self.name} is ready", PATIENCE)

    async def kill(self) -> None:
        """With -9."""
        self._there.process.kill()
        await self._there.ended()

    async def died(self, how: str, seconds: float) -> None:
        """Wait until the process has been killed at its point."""

        async def is_gone() -> bool:
            return not self.runs

        await until(is_gone, f"{self.name} dies {how}", seconds)
        code = self._there.process.returncode
        assert code == KILLED, f"{self.name} ended with {code}:\n{self.last_words}"

    async def stop(self) -> int:
        """In order; the exit code."""
        return await self._there.stop()

    @property
    def _there(self) -> Served:
        assert self.served is not None, f"{self.name} was never started"
        return self.served


@dataclass
class Fleet:
    """Every post of a deployment."""

    deployment: Deployment
    posts: list[Post]
    _turns: dict[str, "cycle[Post]"] = field(init=False)

    def __post_init__(self) -> None:
        api = [post for post in self.posts if "api" in post.roles]
        self._turns = {name: cycle([p for p in api if p.service == name]) for name in {p.service for p in api}}

    @classmethod
    def of(cls, deployment: Deployment, layout: Layout, folder: Path) -> "Fleet":
        """Posts on free ports, not started."""
        wanted = [(service, roles) for service, processes in layout.items() for roles in processes]
        names = [f"{service} {'all' if roles == WHOLE else roles} {n}" for n, (service, roles) in enumerate(wanted)]
        ports = choose_ports(folder, tuple(names))
        return cls(
            deployment,
            [
                Post(deployment, name, service, roles, ports[name])
                for name, (service, roles) in zip(names, wanted, strict=True)
            ],
        )

    @property
    def place(self) -> Place:
        """The deployment as clients reach it: each try at the next process with an API."""
        return Place(self.deployment, lambda service: next(self._turns[service]).url)

    async def start(self) -> None:
        """Fill every post, a few at a time, and wait until all take requests."""
        for few in _few(self.posts):
            for post in few:
                post.start()
            await asyncio.gather(*(post.ready() for post in few))

    async def stop(self) -> list[int]:
        """Stop all in order; their exit codes."""
        return await asyncio.gather(*(post.stop() for post in self.posts))


def _few(posts: Sequence[Post]) -> Iterator[Sequence[Post]]:
    """The posts where nobody is, a few at a time."""
    empty = [post for post in posts if not post.runs]
    return (empty[start : start + AT_ONCE] for start in range(0, len(empty), AT_ONCE))
