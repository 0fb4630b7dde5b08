"""What stands in the database of alerts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from services.alerts.handlers.calling import UNANSWERED
from shared.db.aggregate import Document
from shared.db.client import Mongo
from tests.chaos.found import Call, as_told
from tests.chaos.ledger import Deed


@dataclass(frozen=True)
class Alerts:
    """The rows that the check looks at, `moments` in their order."""

    issues: list[Document]
    cases: list[Document]
    moments: list[Document]
    messages: list[Document]
    timers: list[Document]

    @classmethod
    async def read(cls, mongo: Mongo) -> "Alerts":
        """Everything."""
        return cls(
            await mongo.find("issues", {}),
            await mongo.find("cases", {}),
            await mongo.find("moments", {}, sort=[("issue_id", 1), ("n", 1)]),
            await mongo.find("messages", {"kind": "call"}),
            await mongo.find("timers", {"kind": UNANSWERED, "done_at": {"$ne": None}}),
        )

    def counted(self) -> dict[str, int]:
        """By issue, how many complaints of its own it counts: one that others were joined to counts theirs as well."""
        complaints = {row["_id"]: row["complaints"] for row in self.issues}
        return {row["_id"]: row["complaints"] - sum(map(complaints.__getitem__, row["joined"])) for row in self.issues}

    def done(self) -> list[tuple[Deed, str]]:
        """Deeds that left something here."""
        return [(row["note"], row["issue_id"]) for row in self.moments if row["what"] == "acknowledged"]

    def told(self) -> list[Call]:
        """Calls that somebody was told of."""
        return [(row["issue_id"], as_told(row["due_at"])) for row in self.messages]

    def fired(self) -> list[Call]:
        """Calls whose time was over, and that were looked at then."""
        return [(row["subject"], as_told(datetime.fromisoformat(row["data"]["until"]))) for row in self.timers]

    def half(self) -> Iterator[str]:
        """What is there without what belongs to it."""
        numbers = {row["number"] for row in self.issues}
        if len(numbers) < len(self.issues) or not all(numbers):
            yield "issues share a number, or have none"
        known = {row["_id"]: row["moments"] for row in self.issues}
        yield from (
            f"case {c['_id']} is in an unknown issue" for c in self.cases if c["issue_id"] not in {None, *known}
        )
        found: dict[str, list[int]] = {id: [] for id in known}
        for moment in self.moments:
            found.setdefault(moment["issue_id"], []).append(moment["n"])
        for id, places in found.items():
            if places != [*range(1, known.get(id, 0) + 1)]:
                yield f"the story of {id} has {places}, and should go up to {known.get(id)}"
