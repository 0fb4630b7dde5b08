"""What becomes of outbox rows once they are sent, and how they are sent again.

A row of an ordinary topic is kept for `OUTBOX_AGE` (`published_at`). Of a compacted topic, the last row of each key is
kept for ever (`kept_at`), as Kafka keeps it: such a topic can be told anew whole.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from shared.contracts.catalogue import CATALOGUE
from shared.db.aggregate import Document
from shared.db.client import Mongo
from shared.db.outbox import COLLECTION, UNSENT

AT_ONCE: Final = 1000
_AGAIN: Final = {"$set": UNSENT, "$unset": {"published_at": "", "kept_at": "", "caused_at": ""}}


async def mark_sent(mongo: Mongo, rows: Sequence[Document], at: datetime) -> None:
    """These rows are on their topics."""
    lasting = [row for row in rows if _lasts(row["topic"])]
    await _mark(mongo, [row["_id"] for row in rows if not _lasts(row["topic"])], "published_at", at)
    await _mark(mongo, [row["_id"] for row in lasting], "kept_at", at)
    if lasting:
        await mongo.delete(COLLECTION, {"$or": _older(lasting)})


def _lasts(topic: str) -> bool:
    entry = CATALOGUE.get(topic)
    return entry is not None and entry.compacted


async def _mark(mongo: Mongo, ids: list[str], field: str, at: datetime) -> None:
    if ids:
        await mongo.update(COLLECTION, {"_id": {"$in": ids}}, {"$set": {field: at}, "$unset": UNSENT})


def _older(rows: Iterable[Document]) -> list[Document]:
    """Sent rows of the same keys and topics that newer ones have taken the place of."""
    newest: dict[tuple[bytes, str], int] = {}
    for row in rows:
        place = row["key"], row["topic"]
        newest[place] = max(row["sequence"], newest.get(place, 0))
    return [
        {"key": key, "sequence": {"$gt": 0, "$lt": sequence}, "topic": topic, "kept_at": {"$exists": True}}
        for (key, topic), sequence in newest.items()
    ]


async def unmark_since(mongo: Mongo, since: datetime) -> int:
    """Have what was sent since then sent once more; how many rows."""
    return sum([await mongo.update(COLLECTION, {by: {"$gte": since}}, _AGAIN) for by in ("published_at", "kept_at")])


async def unmark_topic(
    mongo: Mongo, topic: str, told_since: datetime | None = None, sent_since: datetime | None = None
) -> tuple[int, datetime | None]:
    """Have a topic's events sent once more: all that are kept, or those that were told or sent since then.

    Returns how many, and when the oldest was told. In their order and a part at a time, so that a relay that runs
    meanwhile finds the oldest of each key first.
    """
    wanted: dict[str, Any] = {"topic": topic, "unsent": {"$exists": False}}
    if told_since is not None:
        wanted["at"] = {"$gte": told_since}
    if sent_since is not None:
        wanted["$or"] = [{"published_at": {"$gte": sent_since}}, {"kept_at": {"$gte": sent_since}}]
    rows = await mongo.find(COLLECTION, wanted, sort=[("at", 1), ("sequence", 1)], fields={"at": 1})
    for start in range(0, len(rows), AT_ONCE):
        ids = [row["_id"] for row in rows[start : start + AT_ONCE]]
        await mongo.update(COLLECTION, {"_id": {"$in": ids}}, _AGAIN)
    return len(rows), rows[0]["at"] if rows else None
