"""Work that a request begins and need not wait for, such as reading a long file; it ends with the process."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from shared.errors import Unavailable
from shared.obs.log import logger

MOST = 4
"""Errands under way at once; more are refused."""


class Errands:
    """Errands of one process. What is cut off has to be safe to begin again."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def has_room(self) -> None:
        """Raises `Unavailable` when there are as many as can be."""
        if len(self._tasks) >= MOST:
            raise Unavailable(retry_after=10)

    async def run(self, name: str, work: Coroutine[Any, Any, None], patience: float) -> None:
        """Begin it, and wait so many seconds for its end; then it goes on by itself."""
        task = asyncio.create_task(_watched(name, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait([task], timeout=patience)

    async def stop(self) -> None:
        """Cut off what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _watched(name: str, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:
        logger.error("errand.failed", errand=name, error=type(error).__name__)
