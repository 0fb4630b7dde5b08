"""How crowded the machine is: seconds that are measured on one that others use too say more about those others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import fmean
from time import perf_counter, thread_time

EVERY, WORK = 0.5, 0.004


@dataclass
class Crowding:
    """`seen`: how many times longer than alone a moment's work took, once for each look."""

    seen: list[float] = field(default_factory=list)

    @property
    def factor(self) -> float:
        """By what seconds have to be allowed to be longer here; 1 on a machine that has nothing else to do."""
        return max(1.0, fmean(self.seen)) if self.seen else 1.0

    async def measure(self) -> None:
        """Until cancelled."""
        while True:
            begun, until = perf_counter(), thread_time() + WORK
            while thread_time() < until:
                pass
            self.seen.append((perf_counter() - begun) / WORK)
            await asyncio.sleep(EVERY)


@asynccontextmanager
async def crowding() -> AsyncIterator[Crowding]:
    """Measure as long as the block lasts."""
    made = Crowding()
    measuring = asyncio.create_task(made.measure())
    try:
        yield made
    finally:
        measuring.cancel()
        await asyncio.gather(measuring, return_exceptions=True)
