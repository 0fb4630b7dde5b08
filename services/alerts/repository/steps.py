"""How a database of an older version of alerts is led to this one."""

from typing import Any

from services.alerts.domain.issue import Issue
from services.alerts.domain.moment import Moment
from shared.db.aggregate import Document
from shared.db.client import Mongo
from shared.db.schema import Step
from shared.runtime.ids import derived_id

BATCH = 500


async def _log_becomes_moments(mongo: Mongo) -> None:
    """What happened stood in the issue, at most 200 entries; now each is a row, and lists have fields to sort by."""
    while rows := await mongo.find(Issue.collection, {"log": {"$exists": True}}, limit=BATCH):
        moments = [moment for row in rows for moment in _moments(row)]
        ids = [moment["_id"] for moment in moments]
        there = {row["_id"] for row in await mongo.find(Moment.collection, {"_id": {"$in": ids}}, fields={"_id": 1})}
        if new := [moment for moment in moments if moment["_id"] not in there]:
            await mongo.insert(Moment.collection, new)
        await mongo.replace(Issue.collection, [(row["version"], _present(row)) for row in rows])


def _moments(row: Document) -> list[Document]:
    made = []
    for n, entry in enumerate(row["log"], 1):
        plain: dict[str, Any] = {"id": derived_id("moment", row["_id"], n), "issue_id": row["_id"], "n": n}
        made.append(Moment.model_validate({**plain, **entry}).to_document(1))
    return made


def _present(row: Document) -> Document:
    known = {"series": row["open_series"] or "", "fresh": row["severities"], "moments": len(row["log"]), "stage": 1}
    return Issue.from_document({**row, **known}).to_document(row["version"] + 1)


async def _issues_stand_on_shelves(mongo: Mongo) -> None:
    """Lists were sorted by three fields, of which one cursor became three queries; now each is a shelf with places."""
    while rows := await mongo.find(Issue.collection, {"shelves": {"$exists": False}}, limit=BATCH):
        kept = [(row["version"], Issue.from_document(row).to_document(row["version"] + 1)) for row in rows]
        await mongo.replace(Issue.collection, kept)


STEPS = (
    Step(2, "what happened to issues becomes rows of its own", _log_becomes_moments),
    Step(3, "issues stand on shelves, in places", _issues_stand_on_shelves),
)
