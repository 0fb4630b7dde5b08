"""Readable numbers in blocks that are taken outside the transaction: no hot document, gaps are allowed."""

import asyncio
from collections import deque

from shared.db.client import Mongo

COLLECTION = "numbers"
BLOCK = 200


class Numbers:
    """Gives the next numbers of a series such as `C-2026`; each is given once, whatever is restarted."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._blocks: dict[str, deque[int]] = {}
        self._taking = asyncio.Lock()

    async def take(self, series: str, count: int) -> list[str]:
        """`count` numbers, such as `C-2026-000123`."""
        async with self._taking:
            block = self._blocks.setdefault(series, deque())
            if len(block) < count:
                size = max(BLOCK, count)
                row = await self._mongo.change_one(COLLECTION, {"_id": series}, {"$inc": {"last": size}}, upsert=True)
                last = int((row or {})["last"])
                block.extend(range(last - size + 1, last + 1))
            return [f"{series}-{block.popleft():06d}" for _ in range(count)]
