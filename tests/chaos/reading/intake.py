"""What stands in intake's database."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.intake.domain.sides import FIRST_ENTRIES
from shared.db.aggregate import Document
from shared.db.client import Mongo
from tests.chaos.ledger import Deed

GIVEN: Final = frozenset({"commented", "overridden", "cause_found", "answered", "accepted", "called_on"})
"""What of a timeline was asked for by somebody under a name of its own."""


@dataclass(frozen=True)
class Intake:
    """The rows that the check looks at, `entries` in their order; of files and contacts their ids."""

    complaints: list[Document]
    entries: list[Document]
    submissions: list[Document]
    attachments: list[Document]
    exposures: list[Document]
    products: list[Document]
    contacts: set[str]
    files: set[str]
    chunks: set[str]

    @classmethod
    async def read(cls, mongo: Mongo) -> "Intake":
        """Everything."""
        return cls(
            await mongo.find("complaints", {}),
            await mongo.find("entries", {}, sort=[("complaint_id", 1), ("place", 1)]),
            await mongo.find("submissions", {}),
            await mongo.find("attachments", {}),
            await mongo.find("exposures", {}),
            await mongo.find("products", {}),
            await ids_in(mongo, "contacts"),
            await ids_in(mongo, "fs.files"),
            {row["_id"] for row in await mongo.aggregate("fs.chunks", [{"$group": {"_id": "$files_id"}}])},
        )

    def done(self) -> list[tuple[Deed, str]]:
        """Deeds that left something here."""
        filed = [(row["title"], row["_id"]) for row in self.complaints]
        worked = [(row["text"], row["complaint_id"]) for row in self.entries if row["what"] in GIVEN and row["text"]]
        sold = [(f"sale-{row['units']}", row["_id"]) for row in self.exposures]
        return [*filed, *worked, *sold]

    def half(self) -> Iterator[str]:
        """What is there without what belongs to it."""
        yield from self._half_complaints()
        yield from self._half_timelines()
        yield from self._half_files()
        accepted = {row["complaint_id"] for row in self.submissions if row["complaint_id"]}
        yield from (f"a submission was accepted as {id}, which is not there" for id in accepted - self._ids)

    @property
    def _ids(self) -> set[str]:
        return {row["_id"] for row in self.complaints}

    def _half_complaints(self) -> Iterator[str]:
        numbers = Counter(row["number"] for row in self.complaints)
        yield from (f"{times} complaints have the number {number!r}" for number, times in numbers.items() if times > 1)
        yield from (f"complaint {row['_id']} has no number" for row in self.complaints if not row["number"])
        yield from (f"complaint {row['_id']} told nothing" for row in self.complaints if row["sequence"] < 2)
        yield from (f"complaint {id} has nobody behind it" for id in self._ids - self.contacts)
        yield from (f"somebody complained of nothing: {id}" for id in self.contacts - self._ids)

    def _half_timelines(self) -> Iterator[str]:
        places: dict[str, list[int]] = {id: [] for id in self._ids}
        for entry in self.entries:
            places.setdefault(entry["complaint_id"], []).append(entry["place"])
        last = {row["_id"]: row["entries"] for row in self.complaints}
        for id, found in places.items():
            if found != [*range(FIRST_ENTRIES + 1, last.get(id, 0) + 1)]:
                yield f"the timeline of {id} has {found}, and should go up to {last.get(id)}"

    def _half_files(self) -> Iterator[str]:
        named = {file: row["_id"] for row in self.complaints for file in row["attachments"]}
        kept = {row["_id"]: row["complaint_id"] for row in self.attachments if row["state"] == "kept"}
        yield from (f"{id} names the file {file}, which is not its own" for file, id in named.items() - kept.items())
        yield from (
            f"the file {file} is kept for {id}, which does not name it" for file, id in kept.items() - named.items()
        )
        yield from (f"the file {file} has no content" for file in kept.keys() - (self.files & self.chunks))
        known = {row["_id"] for row in self.attachments}
        yield from (f"the content of {file} belongs to no file" for file in self.chunks - known)


async def ids_in(mongo: Mongo, collection: str) -> set[str]:
    """Ids of all rows."""
    return {row["_id"] for row in await mongo.find(collection, {}, fields={"_id": 1})}
