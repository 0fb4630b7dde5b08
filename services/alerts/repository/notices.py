"""What pages and API read of notices and who has read them."""

from collections.abc import Sequence
from datetime import datetime

from services.alerts.domain.notice import Head, Notice, NoticeState, Reading
from services.alerts.domain.publishing import reading_id
from shared.db.client import Mongo
from shared.db.newest import behind, newest

_TOLD: dict[str, object] = {"published_at": {"$ne": None}}
_HEAD = {"number": 1, "edition": 1, "text.title": 1, "text.audience": 1, "text.must_read": 1, "shown_at": 1}


class Notices:
    """The queries about notices, on one database."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def page(
        self, *, state: NoticeState, after: tuple[datetime, str] | None, limit: int, drafts: bool = True
    ) -> list[Notice]:
        """Notices in a state, the newest first; `after` is (shown_at, id). Without `drafts` only what was ever told."""
        query = {"state": state} | behind("shown_at", after) | ({} if drafts else _TOLD)
        rows = await self._mongo.find(Notice.collection, query, sort=newest("shown_at"), limit=limit)
        return [Notice.from_document(row) for row in rows]

    async def heads(self) -> list[Head]:
        """All that hold now without their texts, the newest first: there are as many as people can heed."""
        rows = await self._mongo.find(Notice.collection, {"state": "published"}, sort=newest("shown_at"), fields=_HEAD)
        return [
            Head(
                row["_id"],
                row["number"],
                row["edition"],
                row["text"]["title"],
                row["text"]["audience"],
                row["text"]["must_read"],
                row["shown_at"],
            )
            for row in rows
        ]

    async def several(self, ids: Sequence[str]) -> list[Notice]:
        """Notices by id, in this order."""
        rows = await self._mongo.find(Notice.collection, {"_id": {"$in": list(ids)}}) if ids else []
        found = {row["_id"]: Notice.from_document(row) for row in rows}
        return [found[id] for id in ids if id in found]

    async def for_consumers(self, after: tuple[datetime, str] | None, limit: int) -> list[Notice]:
        """Those that hold now and that consumers may see, the newest first; `after` is (shown_at, id)."""
        query = {"state": "published", "text.for_consumers": True} | behind("shown_at", after)
        rows = await self._mongo.find(Notice.collection, query, sort=newest("shown_at"), limit=limit)
        return [Notice.from_document(row) for row in rows]

    async def one(self, id: str) -> Notice | None:
        """A notice by id or number."""
        field = "number" if id.startswith("N-") else "_id"
        rows = await self._mongo.find(Notice.collection, {field: id}, limit=1)
        return Notice.from_document(rows[0]) if rows else None

    async def of_issue(self, issue_id: str, limit: int, *, drafts: bool) -> list[Notice]:
        """The notices that were issued from an issue, the newest first; without `drafts` only what was ever told."""
        query = {"issue_id": issue_id} | ({} if drafts else _TOLD)
        rows = await self._mongo.find(Notice.collection, query, sort=[("shown_at", -1)], limit=limit)
        return [Notice.from_document(row) for row in rows]

    async def read_by(self, person: str, notices: Sequence[Notice | Head]) -> set[str]:
        """Ids of those notices whose present edition a person has read."""
        ids = {reading_id(notice.id, notice.edition, person): notice.id for notice in notices}
        rows = await self._mongo.find(Reading.collection, {"_id": {"$in": list(ids)}}, fields={"_id": 1}) if ids else []
        return {ids[row["_id"]] for row in rows}

    async def readers(self, notice_id: str, edition: int) -> dict[str, datetime]:
        """Who has read an edition, and when."""
        query = {"notice_id": notice_id, "edition": edition}
        rows = await self._mongo.find(Reading.collection, query, fields={"person": 1, "at": 1})
        return {row["person"]: row["at"] for row in rows}
