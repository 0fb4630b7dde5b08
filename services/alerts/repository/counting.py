"""What a rebuild asks of cases and issues."""

from collections import defaultdict

from services.alerts.domain.case import Case
from services.alerts.domain.counting import Counts
from services.alerts.domain.issue import Issue
from shared.db.client import Document, Mongo

SEOUL = "Asia/Seoul"


class Counting:
    """The questions of a rebuild, on one database."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def by_issue(self) -> dict[str, Counts]:
        """How many complaints each issue has."""
        day = {"$dateToString": {"date": "$filed_at", "format": "%Y-%m-%d", "timezone": SEOUL}}
        kind = {"issue": "$issue_id", "day": day, "severity": "$severity", "imported": "$imported"}
        placed, counted = {"$match": {"issue_id": {"$gt": ""}}}, {"$group": {"_id": kind, "count": {"$sum": 1}}}
        stages: list[Document] = [placed, counted]
        counts: dict[str, Counts] = defaultdict(Counts)
        for row in await self._mongo.aggregate(Case.collection, stages):
            found = row["_id"]
            counts[found["issue"]].add(found["day"], found["severity"], found["imported"], row["count"])
        return counts

    async def without_issue(self) -> list[Case]:
        """Cases that should count in an issue and are in none."""
        rows = await self._mongo.find(Case.collection, {"issue_id": None})
        return [case for case in map(Case.from_document, rows) if case.has_card]

    async def issues(self, after: str, limit: int) -> list[Issue]:
        """Issues in the order of their ids."""
        rows = await self._mongo.find(Issue.collection, {"_id": {"$gt": after}}, sort=[("_id", 1)], limit=limit)
        return [Issue.from_document(row) for row in rows]

    async def with_series(self, series: str, joined_into: str) -> Issue | None:
        """The issue of a series that was joined to another."""
        rows = await self._mongo.find(Issue.collection, {"_id": joined_into})
        joined = rows[0].get("joined", []) if rows else []
        found = await self._mongo.find(Issue.collection, {"_id": {"$in": joined}})
        return next((Issue.from_document(row) for row in found if row["series"] == series), None)
