"""Services at work on clusters of their servers, and one fault after the other."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from shared.db.client import StoreError
from shared.db.outbox import COLLECTION as OUTBOX
from shared.db.outbox import UNSENT
from shared.messaging.topics import create_topics
from tests.chaos.check import faults, summary
from tests.chaos.clusters.answers import LATEST, Answers, Watched
from tests.chaos.clusters.crowding import crowding
from tests.chaos.clusters.figures import Figures, Said
from tests.chaos.clusters.rolled_back import unknown_events
from tests.chaos.ledger import Ledger
from tests.chaos.load import FILERS, found, loaded
from tests.chaos.place import SERVICES
from tests.chaos.reading import read
from tests.chaos.settling import settle
from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment, impatient_rules, until

NORMAL_WITHIN = 15.0
"""Seconds after the return of a server within which everything has to be as before."""
WARM = 3.0
LATE = timedelta(seconds=2)
NOTHING: Mapping[str, Sequence[str]] = {}
NONE: Mapping[str, str] = {}


class World:
    """`answering` is the process of each service that takes its requests; `wires` are settings of processes alone."""

    def __init__(self, deployed: Deployment, wires: Mapping[str, str]) -> None:
        self.deployed, self._wires = deployed, wires
        self.answers, self.ledger = Answers(), Ledger()
        self.place = Watched(deployed, lambda service: self.answering[service].url, self.answers)
        self.answering: dict[str, Served] = {}
        self.databases = {service: deployed.mongo(service) for service in SERVICES}

    async def start(self, service: str, *options: str) -> Served:
        """One more process of a service, once it is ready."""
        return await self.deployed.ready(self.deployed.start(service, *options, **self._wires))

    @asynccontextmanager
    async def at_work(self, *, filers: int = FILERS) -> AsyncIterator[int]:
        """Under load as long as the block lasts; then everything settles and is checked. Yields the seed."""
        seed, begun = random.getrandbits(32), monotonic()
        async with loaded(self.place, self.ledger, seed, filers=filers):
            await asyncio.sleep(WARM)
            yield seed
        await settle(self.place)
        wrong = faults(self.ledger, await read(self.place))
        print(f"seed {seed}: {summary(self.ledger, wrong)}")
        unknown = await unknown_events(self.place)
        broken = [*map(str, wrong), *unknown, *self.answers.since(begun).broken_promises]
        assert not broken, "\n".join(broken)

    @asynccontextmanager
    async def fault(self, name: str, figures: Said) -> AsyncIterator[None]:
        """A fault that lasts as long as the block; then everything has to be normal again, soon."""
        begun = monotonic()
        async with crowding() as machine:
            yield
            over = monotonic()
            await self.is_normal()
        heard, to_normal = self.answers.since(begun), monotonic() - over
        suffered = Figures(name, heard.outage(begun), heard.slowest, heard.refused, to_normal, machine.factor)
        figures.append(suffered)
        assert heard.slowest[0] <= LATEST * machine.factor, suffered
        assert to_normal <= NORMAL_WITHIN * machine.factor, suffered

    async def is_normal(self, complaints: int = 1) -> None:
        """Wait until so many complaints that are filed from now on are known to all, and nothing older is unsent."""
        before, seen = set(self.ledger.ids), {"new complaints": 0}

        async def all_know() -> bool:
            new = [id for deed, id in self.ledger.ids.items() if deed not in before and deed.startswith("filing-")]
            try:
                seen.update(await self._known(new), late=await self._late())
            except StoreError as error:
                seen[repr(error)] = 1
                return False
            return bool(seen["known to intake"] >= complaints and not seen["late"])

        await until(all_know, seen)

    async def _known(self, new: Sequence[str]) -> dict[str, int]:
        """How many of these complaints are in an issue, and how many of those intake was told of."""
        in_issue = {"_id": {"$in": list(new)}, "issue_id": {"$ne": None}}
        cases = await self.databases["alerts"].count("cases", in_issue)
        linked = await self.databases["intake"].count("complaints", in_issue)
        return {"new complaints": len(new), "known to alerts": cases, "known to intake": linked}

    async def _late(self) -> int:
        """Rows that wait although newer ones of the same service were sent."""
        late = 0
        for mongo in self.databases.values():
            sent = {"unsent": {"$exists": False}}
            last = await mongo.find(OUTBOX, sent, sort=[("at", -1)], limit=1, fields={"at": 1})
            late += await mongo.count(OUTBOX, {**UNSENT, "at": {"$lt": last[0]["at"] - LATE}}) if last else 0
        return late


@asynccontextmanager
async def world(
    kafka: str,
    mongo: str,
    folder: Path,
    *,
    wires: Mapping[str, str] = NONE,
    options: Mapping[str, Sequence[str]] = NOTHING,
    serve: Sequence[str] = (),
    **settings: Any,
) -> AsyncIterator[World]:
    """Every service as one process, known to each other.

    `wires`: settings of the processes alone, such as where they find their servers; `options`: those of `ccms serve`
    by service, all roles when there are none; `serve`: another program that serves a service.
    """
    rules = impatient_rules(folder / "rules", 1.0, ["ceo"])
    async with deployment(Servers(kafka, mongo, folder), folder / uuid4().hex[:8], rules=rules, **settings) as deployed:
        deployed.serve = tuple(serve) or deployed.serve
        made = World(deployed, wires)
        await create_topics(deployed.settings, SERVICES)
        await found(made.place)
        started = await asyncio.gather(*(made.start(service, *options.get(service, ())) for service in SERVICES))
        made.answering = dict(zip(SERVICES, started, strict=True))
        try:
            yield made
        finally:
            for database in made.databases.values():
                database.close()
