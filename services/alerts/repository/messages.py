"""What pages and API read of messages."""

from datetime import datetime

from services.alerts.domain.message import Message
from shared.db.client import Mongo
from shared.db.newest import behind, newest


class Messages:
    """The queries about messages, on one database."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def page(self, person: str, after: tuple[datetime, str] | None, limit: int) -> list[Message]:
        """Messages to a person, newest first; `after` is (at, id)."""
        query = {"person": person} | behind("at", after)
        rows = await self._mongo.find(Message.collection, query, sort=newest("at"), limit=limit)
        return [Message.from_document(row) for row in rows]

    async def unread(self, person: str, limit: int) -> int:
        """How many messages a person has not read, at most `limit`."""
        return await self._mongo.count(Message.collection, {"person": person, "read_at": None}, limit=limit)

    async def unread_ids(self, person: str, limit: int) -> list[str]:
        """The ids of messages that a person has not read."""
        query = {"person": person, "read_at": None}
        return [row["_id"] for row in await self._mongo.find(Message.collection, query, limit=limit, fields={"_id": 1})]
