"""The number of a database's schema, its collections and indexes, and the steps that lead forward."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from shared.db import member, numbers, outbox, past, stops
from shared.db.aggregate import Aggregate, Document
from shared.db.client import Mongo, deadline
from shared.db.client.files import INDEXES as FILE_INDEXES
from shared.db.lease import Lease, held
from shared.db.parking import DeadLetter, Parked
from shared.db.timers import Timer
from shared.identity.copies import COPIES
from shared.language.i18n import _
from shared.obs.log import logger
from shared.runtime import crash
from shared.runtime.ids import random_id

COLLECTION = "schema"
BUILDING = 1_800.0
"""Seconds for a new index, or for a copy of what was before: of millions of rows either takes minutes."""
RESTORING = "restoring"
"""The row that stands in a database from the first to the last moment of a restore."""
KERNEL_MODELS: tuple[type[Aggregate], ...] = (Timer, Parked, DeadLetter, *COPIES)


class NewerData(Exception):
    """The database was written by a newer version of CCMS."""

    text = _(
        "The database {database} has schema {found}, and this version of CCMS knows {known} at most: "
        "start the newer version, or restore a backup that was made before it."
    )

    def __init__(self, database: str, found: int, known: int) -> None:
        self.inputs = {"database": database, "found": found, "known": known}
        super().__init__(self.text.format(**self.inputs))


class HalfRestored(Exception):
    """A restore into the database was cut off."""

    text = _("The database {database} is only half restored: run the restore again.")

    def __init__(self, database: str) -> None:
        self.inputs = {"database": database}
        super().__init__(self.text.format(**self.inputs))


@dataclass(frozen=True, slots=True)
class Step:
    """Leads a database from schema `number - 1` to `number`. It may run again after a crash."""

    number: int
    what: str
    run: Callable[[Mongo], Awaitable[None]]


async def prepare(mongo: Mongo, models: Sequence[type[Aggregate]], steps: Sequence[Step]) -> None:
    """Bring a database to this version: backup, steps, collections, indexes. Raises `NewerData`, `HalfRestored`."""
    known = known_schema(steps)
    if await mongo.find(COLLECTION, {"_id": RESTORING}):
        raise HalfRestored(mongo.name)
    found = await _number(mongo)
    if found is not None and found > known:
        raise NewerData(mongo.name, found, known)
    with deadline(BUILDING):
        if found is not None and found < known:
            await _step_forward(mongo, steps)
        for model in (*KERNEL_MODELS, *models):
            await mongo.ensure(model.collection, model.indexes)
        for collection, indexes in _kernel_rows().items():
            await mongo.ensure(collection, indexes)
    await mongo.upsert(COLLECTION, ["schema"], {"$set": {"number": known}})


def known_schema(steps: Sequence[Step]) -> int:
    """The newest schema that these steps lead to."""
    return max((step.number for step in steps), default=1)


async def _number(mongo: Mongo) -> int | None:
    rows = await mongo.find(COLLECTION, {"_id": "schema"})
    return int(rows[0]["number"]) if rows else None


async def _step_forward(mongo: Mongo, steps: Sequence[Step]) -> None:
    """One process steps, the others wait until it is through."""
    async with held(Lease(mongo, "schema", random_id())):
        found = await _number(mongo) or 1
        left = [step for step in steps if step.number > found]
        if left:
            await _back_up_once(mongo, f"{mongo.name}_before_{found + 1}")
            await _run_steps(mongo, left)


async def _back_up_once(mongo: Mongo, into: str) -> None:
    """A step that was cut off must not put its half-done work into the copy of what was before."""
    if not await mongo.find(COLLECTION, {"_id": into}):
        await back_up(mongo, into)
        await mongo.upsert(COLLECTION, [into], {"$set": {"complete": True}})


async def _run_steps(mongo: Mongo, steps: Sequence[Step]) -> None:
    for step in sorted(steps, key=lambda s: s.number):
        logger.info("schema.step", database=mongo.name, number=step.number, what=step.what)
        await step.run(mongo)
        crash.point("schema.step")
        await mongo.upsert(COLLECTION, ["schema"], {"$set": {"number": step.number}})


async def back_up(mongo: Mongo, into: str) -> None:
    """Copy every collection into another database on the same server."""
    for collection in await mongo.collections():
        if not collection.startswith("system."):
            await mongo.aggregate(collection, [{"$match": {}}, {"$out": {"db": into, "coll": collection}}])


def _kernel_rows() -> dict[str, tuple[Document, ...]]:
    return {
        **member.MARKER_INDEXES,
        outbox.COLLECTION: outbox.INDEXES,
        numbers.COLLECTION: (),
        past.COLLECTION: (),
        stops.COLLECTION: (),
        **FILE_INDEXES,
        "leases": (),
        COLLECTION: (),
    }
