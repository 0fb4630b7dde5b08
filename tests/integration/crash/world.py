"""A deployment in which the processes of one service die at one named point after the other, under load."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from shared.runtime.process import ROLES
from tests.chaos.check import faults
from tests.chaos.fleet import WHOLE, Fleet, Post
from tests.chaos.ledger import Ledger
from tests.chaos.load import found, loaded
from tests.chaos.place import SERVICES
from tests.chaos.reading import read
from tests.chaos.settling import settle
from tests.conftest import Servers
from tests.integration.processes import deployment, impatient_rules

SECOND: Mapping[str, Sequence[str]] = {"commit": ("api", "consumers"), "consumer.before_offset": ("consumers",)}
"""Where a process surely comes again: it dies the second time, when there is something done that must not be again."""
PATIENCE = 150.0


async def faults_after(service: str, deaths: Mapping[str, Sequence[str]], servers: Servers, folder: Path) -> list[str]:
    """Each role of the service is a process of its own and dies at its points in turn; what is wrong afterwards."""
    rules = impatient_rules(folder / "rules", 0.5, ["ceo"])
    async with deployment(servers, folder / "run", rules=rules) as deployed:
        layout = {name: ROLES if name == service else (WHOLE,) for name in SERVICES}
        fleet, ledger = Fleet.of(deployed, layout, folder), Ledger()
        await found(fleet.place)
        await fleet.start()
        dying = [post for post in fleet.posts if post.service == service]
        async with loaded(fleet.place, ledger, seed=1, pause=0.3):
            await asyncio.gather(*(_die_at_each(post, deaths[post.roles]) for post in dying))
        await settle(fleet.place)
        assert await fleet.stop() == [0] * len(fleet.posts)
        return [str(fault) for fault in faults(ledger, await read(fleet.place))]


async def _die_at_each(post: Post, points: Sequence[str]) -> None:
    await post.kill()
    for point in points:
        crash_at = f"{point}:{_time(point, post.roles)}"
        post.start(crash_at)
        await post.died(f"at {crash_at}", PATIENCE)
    post.start()
    await post.ready()


def _time(point: str, role: str) -> int:
    return 2 if any(point.startswith(name) and role in roles for name, roles in SECOND.items()) else 1
