"""A lease by MongoDB's own clock: at most one holder at a time, as far as the clock of one server goes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from shared.db.client import Document, Duplicate, Mongo, StoreError

COLLECTION = "leases"
SECONDS = 5.0


class Lease:
    """One named lease. A holder has to renew it well within `SECONDS`."""

    def __init__(self, mongo: Mongo, name: str, holder: str) -> None:
        self._mongo, self._name, self._holder = mongo, name, holder

    async def hold(self) -> bool:
        """Take or renew it; False while somebody else has it."""
        free = {"$or": [{"$eq": ["$holder", self._holder]}, {"$lt": ["$until", "$$NOW"]}]}
        until = {"$add": ["$$NOW", int(SECONDS * 1000)]}
        taken = {
            "holder": {"$cond": [free, self._holder, "$holder"]},
            "until": {"$cond": [free, until, "$until"]},
        }
        try:
            row = await self._mongo.change_one(COLLECTION, {"_id": self._name}, [{"$set": taken}], upsert=True)
        except Duplicate:  # another process made the row at the same time
            return False
        return row is not None and row["holder"] == self._holder

    async def let_go(self) -> None:
        """Give it back, so that the next holder need not wait."""
        await self._mongo.delete(COLLECTION, {"_id": self._name, "holder": self._holder})


@asynccontextmanager
async def held(lease: Lease) -> AsyncIterator[None]:
    """Wait for the lease, renew it while the block runs, and give it back."""
    while not await lease.hold():  # noqa: ASYNC110 - another process gives it back
        await asyncio.sleep(SECONDS / 5)
    renewing = asyncio.create_task(_renew(lease))
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
        await lease.let_go()


async def _renew(lease: Lease) -> None:
    """Until somebody else has it; a database that is away for a moment is no reason to give it up."""
    still_held = True
    while still_held:
        with suppress(StoreError):
            still_held = await lease.hold()
        await asyncio.sleep(SECONDS / 3)


async def held_now(mongo: Mongo) -> list[str]:
    """Names of the leases that somebody holds: a service that runs has some."""
    alive: Document = {"$expr": {"$gt": ["$until", "$$NOW"]}}
    return [row["_id"] for row in await mongo.find(COLLECTION, alive)]
