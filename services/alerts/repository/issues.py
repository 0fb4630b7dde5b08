"""What pages and API read of issues."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from services.alerts.domain.case import Case
from services.alerts.domain.issue import LIVE, LONG_AGO, Issue
from services.alerts.domain.moment import Moment
from shared.db.client import Mongo

Shelf = Literal["live", "watched", "open", "acknowledged", "contained", "closed", "joined"]
Row = Mapping[str, Any]

_BY_DEADLINE = [("step", -1), ("due_at", 1), ("_id", 1)]
_BY_END = [("closed_at", -1), ("_id", -1)]
_BEHIND = {1: "$gt", -1: "$lt"}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which issues: `shelf` is a state or all that are live; `called` a person who is being rung."""

    shelf: Shelf = "live"
    step: int | None = None
    least_step: int = 0
    product: str | None = None
    called: str | None = None

    @property
    def is_by_end(self) -> bool:
        """Whether they are sorted by when they were closed instead of by their deadline."""
        return self.shelf == "closed"

    def query(self) -> dict[str, Any]:
        """What the database is asked."""
        asked: dict[str, Any] = {"state": {"$in": list(LIVE)} if self.shelf == "live" else self.shelf}
        if self.is_by_end:
            asked = {"closed_at": {"$gt": LONG_AGO}}
        if self.called is not None:
            asked = {"called": self.called} | ({} if self.shelf == "live" else asked)
        if self.step is not None:
            asked["step"] = self.step
        elif self.least_step:
            asked["step"] = {"$gte": self.least_step}
        if self.product:
            words = {"$regex": re.escape(self.product), "$options": "i"}
            asked["$and"] = [{"$or": [{"product_code": words}, {"product_name": words}]}]
        return asked


class Issues:
    """The queries about issues, on one database."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def page(self, *, filters: Filters, after: tuple[Any, ...] | None, limit: int) -> list[Issue]:
        """Issues, the highest step first, then the nearest deadline; closed ones by their end, the newest first.

        `after` are the values of the last row in that order: (step, due_at, id), or (closed_at, id).
        """
        order = _BY_END if filters.is_by_end else _BY_DEADLINE
        query = filters.query()
        if filters.step is not None and not filters.is_by_end:
            order, after = order[1:], after[1:] if after else None
        if after is not None:
            query["$or"] = _behind(order, after)
        rows = await self._mongo.find(Issue.collection, query, sort=order, limit=limit)
        return [Issue.from_document(row) for row in rows]

    async def count(self, *, filters: Filters, limit: int) -> int:
        """How many issues there are, at most `limit`."""
        return await self._mongo.count(Issue.collection, filters.query(), limit=limit)

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
        query: dict[str, Any] = {"issue_id": issue_ids[0] if len(issue_ids) == 1 else {"$in": issue_ids}}
        order = [("filed_at", -1), ("_id", -1)]
        if after is not None:
            query["$or"] = _behind(order, after)
        rows = await self._mongo.find(Case.collection, query, sort=order, limit=limit)
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


def _behind(order: list[tuple[str, int]], after: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Rows that stand behind a place in an order: equal up to one field, and past it there."""
    found = []
    for place, (field, direction) in enumerate(order):
        same = {name: after[n] for n, (name, _) in enumerate(order[:place])}
        found.append({**same, field: {_BEHIND[direction]: after[place]}})
    return found
