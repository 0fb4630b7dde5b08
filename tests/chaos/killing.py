"""Kills by plan, and starts again at once whatever was killed."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from tests.chaos.clusters.node import Node
from tests.chaos.fleet import Fleet
from tests.chaos.kills import Kill
from tests.chaos.ledger import Answer, Ledger
from tests.chaos.stand import Stand
from tests.integration.processes import until

AWAY_AT_MOST: Final = 2
"""Posts that may still be starting when the next kill comes, unless it is a hasty one."""
PATIENCE: Final = 180.0


@dataclass
class Killing:
    """Everything that can be killed, and what was seen meanwhile. `strange`: deaths that nobody asked for."""

    stand: Stand
    fleet: Fleet
    ledger: Ledger
    done: int = 0
    strange: list[str] = field(default_factory=list)

    async def carry_out(self, kills: Iterable[Kill], until: float) -> None:
        """One after the other, none after `until`; a line for each."""
        begun = monotonic()
        for kill in kills:
            if monotonic() + kill.after > until:
                return
            await asyncio.sleep(kill.after)
            if not kill.hasty:
                await self._few_away()
            self._look_around()
            await self._kill(kill.victims)
            self.done += 1
            acknowledged = self.ledger.count(Answer.ACKNOWLEDGED)
            names = " and ".join(kill.victims) + (" in haste" if kill.hasty else "")
            print(f"{kill.number:4} {monotonic() - begun:6.1f} s  {names:50} acknowledged {acknowledged}", flush=True)

    async def all_back(self) -> None:
        """Wait until every post takes requests."""

        async def all_ready() -> bool:
            self._look_around()
            return all([await post.is_ready() for post in self.fleet.posts])

        await until(all_ready, "every process is back", PATIENCE)

    async def _kill(self, victims: Iterable[str]) -> None:
        """All at once; a server is waited for, since nothing else can go on without it."""
        posts = [post for post in self.fleet.posts if post.name in victims]
        nodes = [node for name, node in self._servers.items() if name in victims]
        await asyncio.gather(
            *(post.kill() for post in posts if post.runs), *(node.kill() for node in nodes if node.runs)
        )
        for post in posts:
            post.start()
        if nodes:
            await self.stand.start()

    @property
    def _servers(self) -> dict[str, Node]:
        return {"Kafka": self.stand.kafka, "MongoDB": self.stand.mongo}

    async def _few_away(self) -> None:
        end = monotonic() + PATIENCE
        while sum([not await post.is_ready() for post in self.fleet.posts]) > AWAY_AT_MOST and monotonic() < end:
            self._look_around()
            await asyncio.sleep(0.2)

    def _look_around(self) -> None:
        """Start again whoever is gone, as any supervisor would.

        A process that was still starting may give up when a server stays away; one that served may not.
        """
        for post in self.fleet.posts:
            if not post.runs:
                if post.has_served:
                    self.strange.append(f"{post.name} ended by itself: {post.last_words}")
                post.start()
