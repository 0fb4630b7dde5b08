"""One server process of a cluster: killed, paused, started again on the data that it left."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from deploy.local.child import Child


class Node:
    """`launch` starts its process in `folder`, where its data and its log are; its address stays the same."""

    def __init__(self, number: int, folder: Path, launch: Callable[[], Awaitable[Child]]) -> None:
        (folder / "log").mkdir(parents=True, exist_ok=True)
        self.number, self.folder, self._launch = number, folder, launch
        self._child: Child | None = None

    @property
    def runs(self) -> bool:
        """Whether there is a process, paused or not."""
        return self._child is not None and not self._child.ended

    @property
    def pid(self) -> int:
        """Of its process."""
        return self._process.process.pid

    async def start(self) -> None:
        """Begin, or begin again."""
        assert not self.runs
        self._child = await self._launch()

    async def kill(self) -> None:
        """With -9: it loses everything that was not on the disk."""
        self._signal(signal.SIGKILL)
        await asyncio.to_thread(self._process.process.wait)

    def pause(self) -> None:
        """It is there, holds its connections, and says nothing."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """As if no time had passed."""
        self._signal(signal.SIGCONT)

    async def stop(self) -> None:
        """In order."""
        self.go_on()
        await self._process.stop(30)

    async def end(self) -> None:
        """Leave no process, whatever state it is in."""
        if self.runs:
            with suppress(ProcessLookupError):
                await self.kill()

    @property
    def _process(self) -> Child:
        assert self._child is not None, "it was never started"
        return self._child

    def _signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)
