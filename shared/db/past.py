"""What a restored database has to know of the time that it does not remember: what was told then is never told anew.

Events that were told after the backup stay on their topics. So after a restore an aggregate goes on counting behind
them (`floors`), and whatever is done again is told under other ids (`era`): readers outside drop an event only if it is
the very same one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from shared.db.client import Mongo

COLLECTION: Final = "restored"
INBOX: Final = "inbox"
_ERA: Final = "era"
_FLOOR: Final = "floor:"
_AFTER_FLOORS: Final = "floor;"
_LOST: Final = "lost:"


@dataclass(frozen=True, slots=True)
class Past:
    """`era`: name of the time since the last restore, empty for a database that never was restored.

    `floors`: the last sequence that an aggregate used in a time that was lost, by its id.
    """

    era: str = ""
    floors: Mapping[str, int] = field(default_factory=dict)

    def floor(self, id: str) -> int:
        """The sequence behind which an aggregate goes on."""
        return self.floors.get(id, 0)


NOTHING_LOST: Final = Past()


async def read_past(mongo: Mongo) -> Past:
    """What is known of lost times; read once by a process, because nothing runs during a restore."""
    found = await mongo.find(COLLECTION, {"_id": _ERA})
    rows = await mongo.find(COLLECTION, {"_id": {"$gte": _FLOOR, "$lt": _AFTER_FLOORS}})
    floors = {row["_id"].removeprefix(_FLOOR): row["sequence"] for row in rows}
    return Past(found[0]["name"] if found else "", floors)


async def begin_era(mongo: Mongo, name: str) -> None:
    """From now on events have ids of their own, whatever causes them."""
    await mongo.upsert(COLLECTION, [_ERA], {"$set": {"name": name}})


async def keep_floors(mongo: Mongo, floors: Mapping[str, int]) -> None:
    """Have these aggregates go on behind these sequences, or behind higher ones that are known already."""
    by_sequence: dict[int, list[str]] = {}
    for id, sequence in floors.items():
        by_sequence.setdefault(sequence, []).append(f"{_FLOOR}{id}")
    for sequence, ids in by_sequence.items():
        await mongo.upsert(COLLECTION, ids, {"$max": {"sequence": sequence}})


async def keep_lost(mongo: Mongo, consumer: str, ids: Sequence[str], at: datetime) -> None:
    """A consumer never takes these events, nor are they read when what follows from topics is made again."""
    await mongo.upsert(INBOX, [f"{consumer}:{id}" for id in ids], {"$set": {"at": at}})
    await mongo.upsert(COLLECTION, [f"{_LOST}{id}" for id in ids], {"$set": {"at": at}})


async def lost_among(mongo: Mongo, ids: Iterable[str]) -> set[str]:
    """Which of these events tell of writes that were lost."""
    rows = await mongo.find(COLLECTION, {"_id": {"$in": [f"{_LOST}{id}" for id in ids]}}, fields={"_id": 1})
    return {row["_id"].removeprefix(_LOST) for row in rows}
