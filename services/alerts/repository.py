"""Every query of alerts, and its unit of work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue
from services.alerts.domain.message import Message
from services.alerts.domain.playbook import Playbook
from shared.db.client import Mongo
from shared.db.uow import Uow
from shared.db.workspace import Want
from shared.language.hazards import HazardRules
from shared.runtime.clock import year_in_korea


@dataclass(frozen=True)
class AlertsRules:
    """Everything that alerts decides by."""

    hazards: HazardRules
    playbook: Playbook


class AlertsUow(Uow):
    """The unit of work with alerts' words."""

    rules: AlertsRules

    async def known(self, complaint_id: str, series: str) -> tuple[Case | None, Issue | None]:
        """The case of a complaint and the open issue of a series, in one round trip."""
        await self.fetch(Want(Case, "_id", complaint_id), Want(Issue, "open_series", series))
        return await self.get(Case, complaint_id), await self.behind(series)

    async def behind(self, series: str) -> Issue | None:
        """The open issue of a series."""
        return next(iter(await self.find(Issue, open_series=series)), None)

    def number_series(self) -> str:
        """Series of issue numbers: one a year, by Korean time."""
        return f"I-{year_in_korea(self.now)}"


class Issues:
    """What pages and API read of issues."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def page(self, *, least_step: int, after: tuple[Any, ...] | None, limit: int) -> list[Issue]:
        """Issues from `least_step` on, highest step first, newest first; `after` is (step, opened_at, id)."""
        query: dict[str, Any] = {"step": {"$gte": least_step}}
        if after is not None:
            step, opened_at, id = after
            query["$or"] = [
                {"step": {"$lt": step}},
                {"step": step, "opened_at": {"$lt": opened_at}},
                {"step": step, "opened_at": opened_at, "_id": {"$lt": id}},
            ]
        sort = [("step", -1), ("opened_at", -1), ("_id", -1)]
        rows = await self._mongo.find(Issue.collection, query, sort=sort, limit=limit)
        return [Issue.from_document(row) for row in rows]

    async def one(self, id: str) -> Issue | None:
        """An issue by id or number."""
        field = "number" if id.startswith("I-") else "_id"
        rows = await self._mongo.find(Issue.collection, {field: id}, limit=1)
        return Issue.from_document(rows[0]) if rows else None

    async def cases(self, issue_id: str, after: tuple[datetime, str] | None, limit: int) -> list[Case]:
        """The complaints behind an issue, newest first; `after` is (filed_at, id)."""
        query: dict[str, Any] = {"issue_id": issue_id}
        if after is not None:
            at, id = after
            query["$or"] = [{"filed_at": {"$lt": at}}, {"filed_at": at, "_id": {"$lt": id}}]
        sort = [("filed_at", -1), ("_id", -1)]
        rows = await self._mongo.find(Case.collection, query, sort=sort, limit=limit)
        return [Case.from_document(row) for row in rows]

    async def of_complaint(self, complaint_id: str) -> Issue | None:
        """The issue that a complaint belongs to."""
        rows = await self._mongo.find(Case.collection, {"_id": complaint_id}, limit=1)
        return await self.one(rows[0]["issue_id"]) if rows and rows[0].get("issue_id") else None

    async def messages(self, person: str, after: tuple[datetime, str] | None, limit: int) -> list[Message]:
        """Messages to a person, newest first; `after` is (at, id)."""
        query: dict[str, Any] = {"person": person}
        if after is not None:
            at, id = after
            query["$or"] = [{"at": {"$lt": at}}, {"at": at, "_id": {"$lt": id}}]
        rows = await self._mongo.find(Message.collection, query, sort=[("at", -1), ("_id", -1)], limit=limit)
        return [Message.from_document(row) for row in rows]
