"""What a watch tells, kept until somebody takes it: listening goes on while the index is busy."""

import asyncio
from collections import defaultdict
from contextlib import suppress
from time import monotonic
from typing import Final

from shared.db.client import StoreError, Watch

TOGETHER: Final = 500
GATHER: Final = 0.5
"""Seconds in which changes become one step. Each flushes the index; on MongoDB's disk its journal waits for that."""
MOST: Final = 20_000
"""Ids that may wait to be taken; beyond them the watch itself waits."""


class Listening:
    """Ids by collection that have changed and were not taken yet."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._waiting: set[tuple[str, str]] = set()
        self._heard, self._room = asyncio.Event(), asyncio.Event()
        self._lost: StoreError | None = None
        self.heard_at = monotonic()
        """When the first of what waits was heard."""
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Listening":
        """Begin; whatever changes from now on is told. Raises `StoreError`."""
        await self._watch.open()
        self._task = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._watch.close()

    async def _listen(self) -> None:
        try:
            while True:
                changed = await self._watch.changed(TOGETHER, GATHER)
                if not self._waiting:
                    self.heard_at = monotonic()
                self._waiting |= changed  # not in one line: what was waiting before the wait may have been taken since
                if self._waiting:
                    self._heard.set()
                if len(self._waiting) > MOST:
                    self._room.clear()
                    await self._room.wait()
        except StoreError as error:
            self._lost = error
            self._heard.set()

    async def changed(self) -> dict[str, list[str]]:
        """What has changed, as soon as something has. Raises `StoreError` when some may have been missed."""
        await self._heard.wait()
        return self.so_far()

    def so_far(self) -> dict[str, list[str]]:
        """What has changed by now, without waiting. Raises as `changed`."""
        if self._lost is not None:
            raise self._lost
        taken, self._waiting = self._waiting, set()
        self._heard.clear()
        self._room.set()
        changed: dict[str, list[str]] = defaultdict(list)
        for collection, id in taken:
            changed[collection].append(id)
        return changed
