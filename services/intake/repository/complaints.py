"""Every query for complaints."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.intake.domain.complaint import Complaint
from shared.db.client import Mongo
from shared.db.newest import behind, newest

STORED = {"department": "waits_for", "assignee": "people", "issue": "issue_id"}
"""Filters that have another name than the field; the others are `category`, `severity`, `product_code`, `channel`,
`state`, `cause_state`, `open`."""
OF_OPEN_ONES = {"department", "assignee"}
"""What only open cards have."""
Filters = Mapping[str, str]


class Complaints:
    """What pages and API read of complaints."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, id: str) -> Complaint | None:
        """A complaint by id or number."""
        field = "number" if id.startswith("C-") else "_id"
        rows = await self._mongo.find(Complaint.collection, {field: id}, limit=1)
        return Complaint.from_document(rows[0]) if rows else None

    async def page(self, filters: Filters, after: tuple[datetime, str] | None, limit: int) -> list[Complaint]:
        """Complaints, newest first; `filters` as in `STORED`, `after` is (filed_at, id)."""
        if filters.get("open") == "false" and OF_OPEN_ONES & filters.keys():
            return []
        query = _stored(filters) | behind("filed_at", after)
        rows = await self._mongo.find(Complaint.collection, query, sort=newest("filed_at"), limit=limit)
        return [Complaint.from_document(row) for row in rows]

    async def due(
        self, before: datetime, filters: Filters, after: tuple[datetime, str] | None, limit: int
    ) -> list[Complaint]:
        """Open complaints of which a clock ends before a moment, the first to end first; `after` is (due_at, id)."""
        if filters.get("open") == "false":
            return []
        query: dict[str, Any] = {**_stored(filters), "open": True, "due_at": {"$lt": before}}
        if after is not None:
            at, id = after
            query |= {"due_at": {"$gte": at, "$lt": before}, "$nor": [{"due_at": at, "_id": {"$lte": id}}]}
        rows = await self._mongo.find(Complaint.collection, query, sort=[("due_at", 1), ("_id", 1)], limit=limit)
        return [Complaint.from_document(row) for row in rows]

    async def those(self, ids: Sequence[str], filters: Filters) -> dict[str, Complaint]:
        """Of these complaints the ones that pass the filters as they are now, by id."""
        query: dict[str, Any] = {**_stored(filters), "_id": {"$in": list(ids)}}
        rows = await self._mongo.find(Complaint.collection, query)
        return {row["_id"]: Complaint.from_document(row) for row in rows}


def _stored(filters: Filters) -> dict[str, Any]:
    """Filters as the fields are stored."""
    query: dict[str, Any] = {STORED.get(name, name): value for name, value in filters.items()}
    if "open" in query:
        query["open"] = query["open"] == "true"
    elif OF_OPEN_ONES & filters.keys():
        query["open"] = True
    return query
