"""A database with two schema steps; `python -m tests.integration.kernel.stepping URL NAME` steps it forward."""

import asyncio
import sys

from shared.db.client import Mongo
from shared.db.schema import Step, prepare
from tests.integration.kernel.purse import Purse


async def double(mongo: Mongo) -> None:
    """Purses count in halves now; one that was done has its mark."""
    undone = {"halves": {"$exists": False}}
    await mongo.update("purses", undone, [{"$set": {"money": {"$multiply": ["$money", 2]}, "halves": True}}])


async def name_owner(mongo: Mongo) -> None:
    """Every purse has an owner."""
    await mongo.update("purses", {"owner": None}, {"$set": {"owner": "nobody"}})


STEPS = (Step(2, "halves", double), Step(3, "owners", name_owner))


async def main(url: str, name: str) -> None:
    """Bring it to this version."""
    mongo = Mongo(url, name)
    await prepare(mongo, [Purse], STEPS)
    mongo.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
