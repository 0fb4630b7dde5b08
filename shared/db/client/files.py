"""Large files in the layout of GridFS (`fs.files`, `fs.chunks`), written as they come.

The driver's own GridFS stream gathers up to 48 MB before it writes; here a mebibyte is held at most.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Final

import pymongo
from motor.motor_asyncio import AsyncIOMotorDatabase

from shared.db.client.errors import StoreError, translated

Document = dict[str, Any]

FILES: Final = "fs.files"
CHUNKS: Final = "fs.chunks"
CHUNK: Final = 255 * 1024
"""Bytes of a chunk; only the last one is shorter."""
_TOGETHER: Final = 4
PATIENCE: Final = 4.0
"""Seconds for one piece: somebody waits for an answer, and a whole file may take as long as its line does."""

INDEXES: Final[dict[str, tuple[Document, ...]]] = {
    FILES: (),
    CHUNKS: ({"keys": [("files_id", 1), ("n", 1)], "unique": True},),
}


class FileCut(StoreError):
    """A chunk is missing."""


class Files:
    """The files of one database, by id. They take no part in transactions."""

    def __init__(self, database: AsyncIOMotorDatabase[Document]) -> None:
        self._files, self._chunks = database[FILES], database[CHUNKS]

    async def write(self, id: str, chunks: AsyncIterator[bytes], at: datetime) -> int:
        """Store a file of chunks of `CHUNK` bytes each; returns its length. Raises `Duplicate` for a known id."""
        length, rows = 0, list[Document]()
        number = 0
        async for chunk in chunks:
            rows.append({"files_id": id, "n": number, "data": chunk})
            number, length = number + 1, length + len(chunk)
            if len(rows) == _TOGETHER:
                await self._insert(rows)
                rows = []
        await self._insert(rows)
        with translated(FILES), pymongo.timeout(PATIENCE):
            await self._files.insert_one({"_id": id, "length": length, "chunkSize": CHUNK, "uploadDate": at})
        return length

    async def read(self, id: str) -> AsyncIterator[tuple[bytes, bool]]:
        """The chunks in order, each with whether it is the last. Raises `FileCut` when one is missing."""
        with translated(FILES), pymongo.timeout(PATIENCE):
            kept = await self._files.find_one({"_id": id})
        count = -(-kept["length"] // CHUNK) if kept else 0
        for start in range(0, count, _TOGETHER):
            for row in await self._some(id, start, min(start + _TOGETHER, count)):
                yield bytes(row["data"]), row["n"] == count - 1

    async def delete(self, id: str) -> None:
        """Remove a file, or what there is of it; nothing happens when there is none."""
        with translated(CHUNKS):
            await self._files.delete_one({"_id": id})
            await self._chunks.delete_many({"files_id": id})

    async def count(self, id: str) -> int:
        """How many chunks there are of a file, whether it is complete or not."""
        with translated(CHUNKS):
            return await self._chunks.count_documents({"files_id": id})

    async def _insert(self, rows: list[Document]) -> None:
        if rows:
            with translated(CHUNKS), pymongo.timeout(PATIENCE):
                await self._chunks.insert_many(rows)

    async def _some(self, id: str, start: int, end: int) -> list[Document]:
        """Each range is a query of its own, so that a slow reader outlasts no time-out."""
        with translated(CHUNKS), pymongo.timeout(PATIENCE):
            wanted = {"files_id": id, "n": {"$gte": start, "$lt": end}}
            rows = await self._chunks.find(wanted).sort("n", 1).to_list(None)
        if [row["n"] for row in rows] != list(range(start, end)):
            raise FileCut(id)
        return rows
