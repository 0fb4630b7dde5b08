"""Every query for what stands beside a complaint: its timeline, its issue, its letters, whose work it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.intake.domain.complaint import Complaint
from services.intake.domain.entry import Entry
from services.intake.domain.issue import KnownIssue
from services.intake.domain.letter import Letter
from shared.db.aggregate import Document
from shared.db.client import Mongo

MOST: Final = 1000
"""Cards that a chore takes up in one round; the next round takes the rest."""
ID: Final = {"_id": 1}


class Cards:
    """What pages, API and chores read of cards."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def entries(self, complaint_id: str, after: int, limit: int) -> list[Entry]:
        """The timeline behind a place, in order; the first entries are not among them, the complaint tells those."""
        query = {"complaint_id": complaint_id, "place": {"$gt": after}}
        rows = await self._mongo.find(Entry.collection, query, sort=[("place", 1)], limit=limit)
        return [Entry.from_document(row) for row in rows]

    async def issues(self, ids: Sequence[str]) -> dict[str, KnownIssue]:
        """Issues by id, as far as intake has heard of them."""
        rows = await self._mongo.find(KnownIssue.collection, {"_id": {"$in": list(ids)}}) if ids else []
        return {row["_id"]: KnownIssue.from_document(row) for row in rows}

    async def letters(self, complaint_id: str) -> list[Letter]:
        """What was written to and by the one who complained, sealed."""
        rows = await self._mongo.find(Letter.collection, {"complaint_id": complaint_id})
        return [Letter.from_document(row) for row in rows]

    async def overdue(self, now: datetime, limit: int) -> int:
        """How many open cards have a clock that is over, at most `limit`."""
        return await self._mongo.count(Complaint.collection, {"open": True, "due_at": {"$lte": now}}, limit=limit)

    async def in_hands_of(self, people: Sequence[str]) -> list[str]:
        """Ids of open cards that one of these people has in hand."""
        query = {"open": True, "people": {"$in": list(people)}}
        return _ids(await self._mongo.find(Complaint.collection, query, fields=ID, limit=MOST))

    async def waiting_for(self, departments: Sequence[str]) -> list[str]:
        """Ids of open cards on which one of these departments has something to do."""
        query = {"open": True, "waits_for": {"$in": list(departments)}}
        return _ids(await self._mongo.find(Complaint.collection, query, fields=ID, limit=MOST))


def _ids(rows: Sequence[Document]) -> list[str]:
    return [row["_id"] for row in rows]
