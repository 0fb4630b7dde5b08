"""Every query for complaints."""

from datetime import datetime
from typing import Any

from services.intake.domain.complaint import Complaint
from shared.db.client import Mongo

FILTERS = ("category", "severity", "product_code")


class Complaints:
    """What pages and API read of complaints."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, id: str) -> Complaint | None:
        """A complaint by id or number."""
        field = "number" if id.startswith("C-") else "_id"
        rows = await self._mongo.find(Complaint.collection, {field: id}, limit=1)
        return Complaint.from_document(rows[0]) if rows else None

    async def page(self, filters: dict[str, str], after: tuple[datetime, str] | None, limit: int) -> list[Complaint]:
        """Complaints, newest first; `filters` of `FILTERS`, `after` is (filed_at, id)."""
        query: dict[str, Any] = dict(filters)
        if after is not None:
            at, id = after
            query["$or"] = [{"filed_at": {"$lt": at}}, {"filed_at": at, "_id": {"$lt": id}}]
        sort = [("filed_at", -1), ("_id", -1)]
        rows = await self._mongo.find(Complaint.collection, query, sort=sort, limit=limit)
        return [Complaint.from_document(row) for row in rows]
