"""Which documents have changed, as MongoDB itself tells: every write of every process, deletions included, in order."""

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from time import monotonic
from typing import Any, Final

from motor.motor_asyncio import AsyncIOMotorDatabase
from pymongo.errors import PyMongoError

from shared.db.client.errors import StoreError, translated

Document = dict[str, Any]
Changed = tuple[str, str]
"""Collection and id of a document."""
_CHANGES: Final = ("insert", "replace", "update", "delete")
_ENDS: Final = ("invalidate", "drop", "rename", "dropDatabase")
_ASKED: Final = 0.0005
"""What took longer than these seconds was asked of the server; what came with it takes some microseconds."""
_MOST: Final = 10_000
"""So many are read ahead of whoever takes them."""


class Watch:
    """A change stream over some collections, in a thread of its own; from `open` on it misses nothing.

    Of those in `new_in` only what is inserted counts. `rest`: seconds between two questions to the server; what happens
    meanwhile comes in one answer.
    """

    def __init__(
        self, database: AsyncIOMotorDatabase[Document], collections: Sequence[str], new_in: Sequence[str], rest: float
    ) -> None:
        self._database, self._collections, self._new_in = database, list(collections), list(new_in)
        self._rest = rest
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="watch")
        self._stream: Any = None
        self._heard: deque[Changed] = deque()
        self._told, self._over = asyncio.Event(), Event()
        self._lost: StoreError | None = None

    async def open(self) -> None:
        """Fix the place from which on changes are told. Raises `StoreError`."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._open)
        loop.run_in_executor(self._thread, self._read, loop)

    def _open(self) -> None:
        changed = {"ns.coll": {"$in": self._collections}, "operationType": {"$in": [*_CHANGES, *_ENDS]}}
        new = {"ns.coll": {"$in": self._new_in}, "operationType": {"$in": ["insert", *_ENDS]}}
        stages: list[Document] = [
            {"$match": {"$or": [changed, new]}},
            {"$project": {"operationType": 1, "documentKey": 1, "ns": 1}},
        ]
        database, all_of_them = self._database.delegate, [*self._collections, *self._new_in]
        # Of one collection alone the server looks at less: it costs it two thirds.
        watched = database[all_of_them[0]] if len(all_of_them) == 1 else database
        with translated():
            self._stream = watched.watch(stages, max_await_time_ms=300, batch_size=1000)

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            while not self._over.is_set():
                asked = monotonic()
                heard = self._next()
                was_asked = monotonic() - asked > _ASKED
                if heard is None:
                    continue
                self._heard.append(heard)
                if not self._told.is_set():
                    loop.call_soon_threadsafe(self._told.set)
                if was_asked:
                    self._over.wait(self._rest)
                while len(self._heard) > _MOST and not self._over.wait(self._rest):
                    """Until some are taken."""
        except Exception as error:  # whatever it is: who listens must not wait for ever
            self._lost = error if isinstance(error, StoreError) else StoreError(repr(error))
            loop.call_soon_threadsafe(self._told.set)

    def _next(self) -> Changed | None:
        with translated():
            change = self._stream.try_next()
        if change is None:
            return None
        if change["operationType"] in _ENDS:
            raise StoreError("a collection that is watched was dropped")
        return change["ns"]["coll"], change["documentKey"]["_id"]

    async def changed(self) -> set[Changed]:
        """What has changed, as soon as something has: seldom later than a tenth of a second after it was committed.

        Raises `StoreError` when the stream is lost; then nothing is known, and everything has to be compared.
        """
        await self._told.wait()
        self._told.clear()  # before what is there is taken: whatever comes behind it tells again
        found = {self._heard.popleft() for _ in range(len(self._heard))}
        if not found and self._lost is not None:
            raise self._lost
        if self._lost is not None:
            self._told.set()
        return found

    async def close(self) -> None:
        """End the stream."""
        self._over.set()
        with suppress(StoreError, PyMongoError):
            await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.close()
