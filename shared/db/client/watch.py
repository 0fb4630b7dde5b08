"""Which documents have changed, as MongoDB itself tells: every write of every process, deletions included, in order."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from motor.motor_asyncio import AsyncIOMotorDatabase
from pymongo.errors import PyMongoError

from shared.db.client.errors import StoreError, translated

Document = dict[str, Any]
_CHANGES: Final = ("insert", "replace", "update", "delete")
_ENDS: Final = ("invalidate", "drop", "rename", "dropDatabase")


class Watch:
    """A change stream over some collections, in a thread of its own; from `open` on it misses nothing."""

    def __init__(self, database: AsyncIOMotorDatabase[Document], collections: Sequence[str]) -> None:
        self._database, self._collections = database, list(collections)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="watch")
        self._stream: Any = None

    async def open(self) -> None:
        """Fix the place from which on changes are told. Raises `StoreError`."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._open)

    def _open(self) -> None:
        stages: list[Document] = [
            {"$match": {"ns.coll": {"$in": self._collections}, "operationType": {"$in": [*_CHANGES, *_ENDS]}}},
            {"$project": {"operationType": 1, "documentKey": 1, "ns": 1}},
        ]
        database = self._database.delegate
        # Of one collection alone the server looks at less: it costs it two thirds.
        watched = database[self._collections[0]] if len(self._collections) == 1 else database
        with translated():
            self._stream = watched.watch(stages, max_await_time_ms=300, batch_size=1000)

    async def changed(self, most: int, seconds: float) -> set[tuple[str, str]]:
        """Collection and id of what changed: waits up to 0.3 s for a first one, then `seconds` for more.

        Raises `StoreError` when the stream is lost; then nothing is known, and everything has to be compared.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._changed, most, seconds)

    def _changed(self, most: int, seconds: float) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        end = monotonic() + seconds
        with translated():
            while len(found) < most and (not found or monotonic() < end):
                change = self._stream.try_next()
                if change is None:
                    break
                if change["operationType"] in _ENDS:
                    raise StoreError("a collection that is watched was dropped")
                found.add((change["ns"]["coll"], change["documentKey"]["_id"]))
        return found

    async def close(self) -> None:
        """End the stream."""
        with suppress(StoreError, PyMongoError):
            await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.close()
