"""Turns of threads: what blocks is done there, and nobody puts away what a thread is still using."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from threading import Event
from typing import Any, TypeVar

from shared.obs.metrics import MONGO_WAITING

T = TypeVar("T")

_THREADS = ThreadPoolExecutor(16, thread_name_prefix="mongo")
MONGO_WAITING.set_function(_THREADS._work_queue.qsize)


def turn(work: Callable[[], T]) -> "asyncio.Future[T]":
    """Work that blocks, in a thread, under the deadline that holds here."""
    return asyncio.get_running_loop().run_in_executor(_THREADS, copy_context().run, work)


async def whole_turn(work: Callable[[Event], T]) -> T:
    """The same for work that others may not overtake: whoever is cancelled waits until the thread is done with it.

    The event is set then, and `work` should begin nothing more.
    """
    over = Event()
    running = turn(lambda: work(over))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        over.set()
        await _ended(running)
        raise


async def _ended(running: "asyncio.Future[Any]") -> None:
    """Wait for it, whoever is in a hurry: the driver's time-outs bound it. What it came to nobody asks any more."""
    while not running.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait({running})
    running.exception()
