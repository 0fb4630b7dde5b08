"""Every query for API keys."""

from datetime import datetime
from typing import Any

from services.sharing.domain.api_key import ApiKey, stored_id
from shared.db.client import Mongo


class Keys:
    """What pages, API and commands read of keys."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, key_id: str) -> ApiKey | None:
        """A key by its own id."""
        rows = await self._mongo.find(ApiKey.collection, {"_id": stored_id(key_id)}, limit=1)
        return ApiKey.from_document(rows[0]) if rows else None

    async def page(self, after: tuple[datetime, str] | None, limit: int) -> list[ApiKey]:
        """Keys, the newest first; `after` is (made_at, id) of the one before."""
        query: dict[str, Any] = {}
        if after is not None:
            at, id = after
            query["$or"] = [{"made_at": {"$lt": at}}, {"made_at": at, "_id": {"$gt": id}}]
        rows = await self._mongo.find(ApiKey.collection, query, sort=[("made_at", -1), ("_id", 1)], limit=limit)
        return [ApiKey.from_document(row) for row in rows]
