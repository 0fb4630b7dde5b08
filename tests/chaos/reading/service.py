"""What stands in any service's database: what was told, what could not be taken, what still waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from deploy import registry
from shared.db.aggregate import Document
from shared.db.client import Mongo
from shared.db.outbox import UNSENT
from tests.chaos.ledger import Deed

AWAITED: Final = {"Product": "products", "Case": "cases", "Complaint": "complaints"}
"""Collections of what events may wait for."""


@dataclass(frozen=True)
class Kept:
    """`told`: events told by key; `dead`, `parked`: records that wait, for a person or for what they speak of;
    `copied`: person → the telling that this service's copy is of; `left`: what should have gone.
    """

    told: dict[str, int]
    dead: list[Document]
    parked: list[Document]
    copied: dict[str, int]
    left: dict[str, int]

    @classmethod
    async def read(cls, service: str, mongo: Mongo) -> "Kept":
        """Everything."""
        parked = await mongo.find("parked", {})
        copies = await mongo.find("directory", {"about.kind": "person"}, fields={"told": 1, "about.id": 1})
        return cls(
            await _told(service, mongo),
            await mongo.find("dead_letters", {}),
            parked,
            {row["about"]["id"]: row["told"] for row in copies},
            {
                f"{service}'s outbox": await mongo.count("outbox", UNSENT),
                f"{service}'s parked records whose time has come": await _overdue(mongo, parked),
            },
        )

    def done(self) -> list[tuple[Deed, str]]:
        """Deeds that ended here: what nobody can take, and what waits."""
        dead = {(deed_of(row), "") for row in self.dead}  # one that came twice has two letters
        return [*dead, *((deed_of(row), row["_id"]) for row in self.parked)]


async def _told(service: str, mongo: Mongo) -> dict[str, int]:
    found: dict[str, int] = {}
    for model in registry.service(service).models:
        rows = await mongo.find(model.collection, {"sequence": {"$gt": 0}}, fields={"sequence": 1})
        found |= {row["_id"]: row["sequence"] for row in rows}
    return found


async def _overdue(mongo: Mongo, parked: Iterable[Document]) -> int:
    """How many wait for something that is there."""
    count = 0
    for row in parked:
        model, _, id = row["waits_for"].partition(":")
        count += await mongo.count(AWAITED[model], {"_id": id})
    return count


def deed_of(record: Document) -> Deed:
    """The id under which a record came."""
    return next(bytes(value).decode() for name, value in record["headers"] if name == "ce_id")
