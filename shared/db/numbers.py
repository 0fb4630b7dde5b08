"""Readable numbers in blocks that are taken outside the transaction: no hot document, gaps are allowed."""

import asyncio
from collections import deque
from collections.abc import Mapping

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


async def move_on(mongo: Mongo, seen: Mapping[str, int], by: int, years: range) -> dict[str, int]:
    """After a restore: have every series go on well behind what may have been given in the time that was lost.

    `seen` is the highest number of a series that anybody has heard of; a series of a year that began in that time is
    made for each letter that is known. Returns where each goes on.
    """
    last = {row["_id"]: int(row["last"]) for row in await mongo.find(COLLECTION, {"_id": {"$gt": ""}})}
    for series in [*last]:
        letter, _, year = series.rpartition("-")
        if letter and year.isdigit():
            last = {f"{letter}-{each}": 0 for each in years} | last
    for series, number in seen.items():
        last[series] = max(number, last.get(series, 0))
    for series, number in last.items():
        await mongo.upsert(COLLECTION, [series], {"$set": {"last": number + by}})
    return {series: number + by for series, number in last.items()}
