"""What pages and API read of issues."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from services.alerts.domain import listing
from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue
from services.alerts.domain.moment import Moment
from shared.db.client import Mongo
from shared.db.newest import behind, newest

MOST_CALLS = 1000
Shelf = Literal["live", "watched", "open", "acknowledged", "contained", "closed", "joined"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which issues: `shelf` is a state or all that are live; `called` a person who is being rung."""

    shelf: Shelf = "live"
    step: int | None = None
    least_step: int = 0
    product: str | None = None
    called: str | None = None

    @property
    def order(self) -> int:
        """Which way places are read: closed ones backwards, the newest first."""
        return -1 if self.shelf == "closed" else 1

    def query(self) -> dict[str, Any]:
        """What the database is asked."""
        name = self.shelf if self.called is None else listing.rings(self.called)
        steps = [listing.shelf(name, step) for step in range(self.least_step, 4)]
        asked: dict[str, Any] = {"shelves": {"$in": steps} if self.least_step else name}
        if self.step is not None:
            asked["shelves"] = listing.shelf(name, self.step)
        if self.called is not None and self.shelf != "live":
            asked["state"] = self.shelf
        if self.product:
            words, letters = listing.product_asked(self.product)
            asked |= {"product_letters": {"$all": letters}, "product_words": {"$regex": re.escape(words)}}
        return asked


class Issues:
    """The queries about issues, on one database."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def page(self, *, filters: Filters, after: str | None, limit: int) -> list[Issue]:
        """Issues, the highest step first, then the nearest deadline; closed ones by their end, the newest first.

        `after` is the place of the last row.
        """
        query = filters.query()
        if after is not None:
            query["place"] = {"$gt" if filters.order > 0 else "$lt": after}
        rows = await self._mongo.find(Issue.collection, query, sort=[("place", filters.order)], limit=limit)
        return [Issue.from_document(row) for row in rows]

    async def count(self, *, filters: Filters, limit: int) -> int:
        """How many issues there are, at most `limit`."""
        return await self._mongo.count(Issue.collection, filters.query(), limit=limit)

    async def unanswered(self) -> dict[int, list[datetime]]:
        """By step: since when each call rings that nobody has answered, at most `MOST_CALLS` of a step."""
        fields = {"call.rung": 1, "call.acknowledge_by": 1, "call.held_until": 1}
        found: dict[int, list[datetime]] = {}
        for step in (1, 2, 3):
            query = {"shelves": listing.shelf("open", step)}
            rows = await self._mongo.find(Issue.collection, query, limit=MOST_CALLS, fields=fields)
            calls = [row["call"] for row in rows if not row["call"].get("held_until")]
            found[step] = [min(call.get("rung") or [call["acknowledge_by"]]) for call in calls]
        return found

    async def one(self, id: str) -> Issue | None:
        """An issue by id or number."""
        field = "number" if id.startswith("I-") else "_id"
        rows = await self._mongo.find(Issue.collection, {field: id}, limit=1)
        return Issue.from_document(rows[0]) if rows else None

    async def several(self, ids: list[str]) -> list[Issue]:
        """Issues by id, as far as they are there."""
        rows = await self._mongo.find(Issue.collection, {"_id": {"$in": ids}}) if ids else []
        return [Issue.from_document(row) for row in rows]

    async def of_product(self, code: str, limit: int) -> list[Issue]:
        """Issues of a product, the newest first."""
        rows = await self._mongo.find(Issue.collection, {"product_code": code}, sort=[("opened_at", -1)], limit=limit)
        return [Issue.from_document(row) for row in rows]

    async def with_problem(self, problem: str, limit: int) -> list[Issue]:
        """Issues with the same problem in any product, the newest first."""
        rows = await self._mongo.find(Issue.collection, {"problem": problem}, sort=[("opened_at", -1)], limit=limit)
        return [Issue.from_document(row) for row in rows]

    async def cases(self, issue_ids: list[str], after: tuple[datetime, str] | None, limit: int) -> list[Case]:
        """The complaints behind an issue and those joined to it, newest first; `after` is (filed_at, id)."""
        query = {"issue_id": {"$in": issue_ids}} | behind("filed_at", after)
        rows = await self._mongo.find(Case.collection, query, sort=newest("filed_at"), limit=limit)
        return [Case.from_document(row) for row in rows]

    async def of_complaint(self, complaint_id: str) -> Issue | None:
        """The issue that a complaint belongs to."""
        rows = await self._mongo.find(Case.collection, {"_id": complaint_id}, limit=1)
        return await self.one(rows[0]["issue_id"]) if rows and rows[0].get("issue_id") else None

    async def moments(self, issue_id: str, before: int | None, limit: int) -> list[Moment]:
        """What happened to an issue, the newest first; `before` is the number of the last one seen."""
        query: dict[str, Any] = {"issue_id": issue_id} | ({} if before is None else {"n": {"$lt": before}})
        rows = await self._mongo.find(Moment.collection, query, sort=[("n", -1)], limit=limit)
        return [Moment.from_document(row) for row in rows]
