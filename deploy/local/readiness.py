"""Waiting for a server that was just started: until it answers, ends, or takes too long."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from deploy.local.child import Child
from deploy.local.errors import StartTooSlow
from deploy.local.failure import failure_of

START_SECONDS: Final = 60.0
_POLL: Final = 0.02


async def until_ready(child: Child, folder: Path, probe: Callable[[], Awaitable[object]]) -> None:
    """Wait until `probe` gives something true; raises `StartTooSlow`, or why the server ended."""
    until = time.monotonic() + START_SECONDS
    while not await probe():
        if child.ended:
            raise failure_of(child, folder)
        if time.monotonic() > until:
            raise StartTooSlow(server=child.name, seconds=int(START_SECONDS), log=child.log)
        await asyncio.sleep(_POLL)


async def until_done(child: Child, folder: Path) -> None:
    """Wait until a program that ends by itself has done so; raises `StartTooSlow`, or why it failed."""

    async def done() -> bool:
        return child.process.poll() == 0

    try:
        await until_ready(child, folder, done)
    finally:
        await child.stop(0)
