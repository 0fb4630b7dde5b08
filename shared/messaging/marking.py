"""Marking what was sent, beside what is sent next: rows on their topics that the database still shows as unsent."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from shared.db.aggregate import Document
from shared.db.client import Mongo
from shared.db.sent import mark_sent
from shared.runtime import crash

TOGETHER: Final = 500
REST: Final = 0.05
"""Seconds between two marks while few rows wait: each is a write for which MongoDB's journal is flushed."""
NEEDED: Final = ("_id", "topic", "key", "sequence")
"""What a mark asks of a row: bodies are not kept for it."""
MOST: Final = 2_000
"""Rows that may wait; more would have to be left out of every reading."""


class Marking:
    """Rows that were sent and are not marked yet. Whoever reads unsent ones leaves these out, or sends them again."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._rows: list[Document] = []
        self.lately: set[str] = set()
        """Ids of some thousand rows that were sent last."""
        self._enough = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def waiting(self) -> Sequence[Document]:
        """Those that wait for their mark. Raises `StoreError` when some could not be marked: they are sent again."""
        if self._task is not None and self._task.done():
            await self.settle()
        return self._rows

    async def add(self, rows: Sequence[Document]) -> None:
        """These were sent; waits while there are too many. Raises as `waiting`."""
        self._rows = [*await self.waiting(), *({name: row[name] for name in NEEDED} for row in rows)]
        self.lately = {row["_id"] for row in rows} | (self.lately if len(self.lately) < MOST else set())
        if self._task is None:
            self._task = asyncio.create_task(self._mark())
        if len(self._rows) >= TOGETHER:
            self._enough.set()
        if len(self._rows) > MOST:
            await self.settle()

    async def _mark(self) -> None:
        while self._rows:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._enough.wait(), REST)
            self._enough.clear()
            rows = self._rows
            await mark_sent(self._mongo, rows, datetime.now(UTC))
            crash.point("relay.marked")
            self._rows = self._rows[len(rows) :]

    async def settle(self) -> None:
        """Wait until all are marked. Raises as `waiting`."""
        if self._task is None:
            return
        self._enough.set()
        try:
            await asyncio.shield(self._task)
        finally:
            if self._task.done():
                self._task, self._rows = None, []
