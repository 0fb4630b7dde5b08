"""Every query for the log of accesses."""

from datetime import datetime
from typing import Any

from services.intake.domain.access import Access
from shared.db.client import Mongo


class Accesses:
    """What is read of the log."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def page(self, after: tuple[datetime, str] | None, limit: int) -> list[Access]:
        """Looks, newest first; `after` is (at, id)."""
        query: dict[str, Any] = {}
        if after is not None:
            at, id = after
            query["$or"] = [{"at": {"$lt": at}}, {"at": at, "_id": {"$lt": id}}]
        rows = await self._mongo.find(Access.collection, query, sort=[("at", -1), ("_id", -1)], limit=limit)
        return [Access.from_document(row) for row in rows]
