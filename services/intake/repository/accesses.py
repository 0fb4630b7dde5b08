"""Every query for the log of accesses."""

from datetime import datetime

from services.intake.domain.access import Access
from shared.db.client import Mongo
from shared.db.newest import behind, newest


class Accesses:
    """What is read of the log."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def page(self, after: tuple[datetime, str] | None, limit: int) -> list[Access]:
        """Looks, newest first; `after` is (at, id)."""
        rows = await self._mongo.find(Access.collection, behind("at", after), sort=newest("at"), limit=limit)
        return [Access.from_document(row) for row in rows]
