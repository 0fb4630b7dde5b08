"""The outbox as its relay sees it: what is to be sent next, and which keys wait because a row of theirs cannot be."""

from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic

from shared.db.aggregate import Document
from shared.db.client import Mongo
from shared.db.outbox import COLLECTION, UNSENT
from shared.obs import metrics
from shared.obs.log import logger

ROUND = 1000
ROUND_BYTES = 8 * 1024 * 1024
COUNTED = 10_000
EVER = {"at": {"$gt": datetime(2020, 1, 1, tzinfo=UTC)}}
"""What has the index of unsent rows counted, and not the rows."""
HOLD_BACK = 10.0
"""Seconds for which a key is held back after one of its events could not be sent."""


class Unsent:
    """The unsent rows of one service."""

    def __init__(self, mongo: Mongo, service: str) -> None:
        self._mongo, self._service = mongo, service
        self._held: dict[bytes, float] = {}

    async def rows(self, key: bytes | None = None, besides: Sequence[Document] = ()) -> list[Document]:
        """The next ones of all keys that are not held back, or of one; without those that are being sent."""
        self._let_go()
        query: Document = dict(UNSENT)
        if key is not None:
            query["key"] = key
        elif self._held:
            query["key"] = {"$nin": list(self._held)}
        if besides:
            query["$nor"] = [{"_id": {"$in": [row["_id"] for row in besides]}}]
        order = [("at", 1), ("sequence", 1)]
        # or an event could be found without the one told before it
        return await self._mongo.find(COLLECTION, query, sort=order, limit=ROUND, most_bytes=ROUND_BYTES, at_once=True)

    @staticmethod
    def may_be_more(rows: Sequence[Document]) -> bool:
        """Whether these are as many as are read at once."""
        return len(rows) == ROUND or sum(len(row["body"] or b"") for row in rows) >= ROUND_BYTES

    async def any(self) -> bool:
        """Whether there is one, held back or not."""
        return bool(await self._mongo.count(COLLECTION, UNSENT | EVER, limit=1))

    def hold_back(self, rows: Sequence[Document], error: Exception) -> None:
        """Have the keys of these rows wait."""
        self._held |= {row["key"]: monotonic() + HOLD_BACK for row in rows}
        metrics.OUTBOX_HELD.labels(self._service).set(len(self._held))
        logger.error("relay.held_back", service=self._service, error=type(error).__name__, row=rows[0]["_id"])

    def _let_go(self) -> None:
        """Try again those that have waited long enough."""
        now = monotonic()
        self._held = {key: until for key, until in self._held.items() if until > now}
        metrics.OUTBOX_HELD.labels(self._service).set(len(self._held))

    async def measure(self) -> None:
        """How many there are, and how old the oldest is."""
        rows = await self._mongo.count(COLLECTION, UNSENT | EVER, limit=COUNTED)
        metrics.OUTBOX_ROWS.labels(self._service).set(rows)
        oldest = await self._mongo.find(COLLECTION, UNSENT, sort=[("at", 1)], limit=1, fields={"at": 1})
        age = (datetime.now(UTC) - oldest[0]["at"]).total_seconds() if oldest else 0.0
        metrics.OUTBOX_AGE.labels(self._service).set(max(0.0, age))
