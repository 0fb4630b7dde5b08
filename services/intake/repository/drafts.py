"""Every query for drafts."""

from services.intake.domain.drafts import CallDraft, PublicDraft
from shared.db.client import Mongo

MOST = 50


class Drafts:
    """What pages read of drafts."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def public(self, id: str) -> PublicDraft | None:
        """The form that a browser has begun."""
        rows = await self._mongo.find(PublicDraft.collection, {"_id": id}, limit=1)
        return PublicDraft.from_document(rows[0]) if rows else None

    async def call(self, id: str) -> CallDraft | None:
        """A call that is being written down."""
        rows = await self._mongo.find(CallDraft.collection, {"_id": id}, limit=1)
        return CallDraft.from_document(rows[0]) if rows else None

    async def calls_of(self, owner: str) -> list[CallDraft]:
        """The newest calls of one person, filed ones too."""
        rows = await self._mongo.find(CallDraft.collection, {"owner": owner}, sort=[("saved_at", -1)], limit=MOST)
        return [CallDraft.from_document(row) for row in rows]

    async def broken_down(self) -> list[CallDraft]:
        """Calls that wait for a supervisor, the longest first."""
        query = {"broken_at": {"$type": "date"}}
        rows = await self._mongo.find(CallDraft.collection, query, sort=[("broken_at", 1)], limit=MOST)
        return [CallDraft.from_document(row) for row in rows]
