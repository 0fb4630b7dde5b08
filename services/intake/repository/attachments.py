"""Every query for attachments."""

from collections.abc import Sequence
from datetime import datetime

from services.intake.domain.attachment import Attachment
from shared.db.client import Mongo


class Attachments:
    """What pages, API and jobs read of attachments."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, id: str) -> Attachment | None:
        """One by id."""
        rows = await self._mongo.find(Attachment.collection, {"_id": id}, limit=1)
        return Attachment.from_document(rows[0]) if rows else None

    async def some(self, ids: Sequence[str]) -> list[Attachment]:
        """Those with these ids, in their order."""
        rows = await self._mongo.find(Attachment.collection, {"_id": {"$in": list(ids)}})
        found = {row["_id"]: Attachment.from_document(row) for row in rows}
        return [found[id] for id in ids if id in found]

    async def unclaimed(self, before: datetime, limit: int) -> list[str]:
        """Ids of files that came before this time and that no complaint keeps, and of those dropped since."""
        old = {"state": {"$in": ["arriving", "staged"]}, "arrived_at": {"$lte": before}}
        rows = await self._mongo.find(Attachment.collection, old, limit=limit, fields={"_id": 1})
        return [row["_id"] for row in rows]

    async def dropped(self, limit: int) -> list[str]:
        """Ids of files whose content is to be deleted."""
        rows = await self._mongo.find(Attachment.collection, {"state": "dropped"}, limit=limit, fields={"_id": 1})
        return [row["_id"] for row in rows]
