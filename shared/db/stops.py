"""Consumers that stopped at the limit of dead letters, noted where an operator looks who sees no dead letter at all.

A flood within one batch is refused before any of it is written: without this row nothing would tell of it but the log.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.db.client import Mongo

COLLECTION: Final = "stops"


@dataclass(frozen=True, slots=True)
class Stop:
    """One consumer that stands still until a person has decided: since when, and how many failed."""

    consumer: str
    at: datetime
    because: str


async def note_stop(mongo: Mongo, stop: Stop) -> None:
    """It stopped."""
    await mongo.upsert(COLLECTION, [stop.consumer], {"$set": {"at": stop.at, "because": stop.because}})


async def forget_stop(mongo: Mongo, consumer: str) -> None:
    """It runs again."""
    await mongo.delete(COLLECTION, {"_id": consumer})


async def stops(mongo: Mongo) -> list[Stop]:
    """Those that stand still now."""
    rows = await mongo.find(COLLECTION, {"_id": {"$gt": ""}}, sort=[("_id", 1)])
    return [Stop(row["_id"], row["at"], row["because"]) for row in rows]
