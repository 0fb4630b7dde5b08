"""Every query for API keys."""

from datetime import datetime

from services.sharing.domain.api_key import ApiKey, stored_id
from shared.db.client import Mongo
from shared.db.newest import behind, newest


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
        query, order = behind("made_at", after), newest("made_at")
        rows = await self._mongo.find(ApiKey.collection, query, sort=order, limit=limit)
        return [ApiKey.from_document(row) for row in rows]
