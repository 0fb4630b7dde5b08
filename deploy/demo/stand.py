"""The system that the week is played on: one that runs on a data folder, or one that is started there."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deploy.demo.portal import Caller, Portal, Unreachable
from deploy.local import guard
from deploy.local.folder import is_held

READY_WITHIN: Final = 120.0
END_WITHIN: Final = 30.0


class NotStarted(Exception):
    """The system that was started for the play ended before it was ready; it has said why itself."""


@dataclass(frozen=True, slots=True)
class Account:
    """Someone whose key acts."""

    name: str
    api_key: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A running system: its address, its Kafka, and a key for each role."""

    folder: Path
    url: str
    kafka: str
    accounts: Mapping[str, Account]

    def caller(self, role: str, language: str = "ko") -> Caller:
        """Whoever acts in a role."""
        return Caller(self.accounts[role].api_key, language)


async def running(folder: Path, url: str | None = None) -> Stand | None:
    """The system that runs on the folder, once it is ready; None when none does. `url` is another way to it."""
    if not is_held(folder):
        return None
    found = await _ready(folder, url)
    if found is None:
        raise Unreachable(url or str(folder), f"not ready within {READY_WITHIN:.0f} s")
    return found


@asynccontextmanager
async def started(folder: Path, port: int, language: str) -> AsyncIterator[Stand]:
    """A system of its own on the folder, as `ccms up` starts it; ended in order with the block."""
    command = [sys.executable, "-m", "deploy.cli", "up", "--data", str(folder), "--port", str(port)]
    guarded = [sys.executable, "-I", "-S", str(guard.__file__), str(os.getpid()), *command]
    process = await asyncio.create_subprocess_exec(
        *guarded, stdout=asyncio.subprocess.PIPE, start_new_session=True, env={**os.environ, "CCMS_LANGUAGE": language}
    )
    try:
        await _said_ready(process)
        found = await _ready(folder, None)
        if found is None:
            raise NotStarted
        yield found
    finally:
        await _end(process)


async def _said_ready(process: asyncio.subprocess.Process) -> None:
    """Wait for `ready URL`; its progress goes to standard error by itself."""
    assert process.stdout is not None
    async for line in process.stdout:
        if line.startswith(b"ready "):
            return
    raise NotStarted


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), END_WITHIN)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _ready(folder: Path, url: str | None) -> Stand | None:
    """What `run.json` says, once what runs there answers that it is ready."""
    loop = asyncio.get_running_loop()
    until = loop.time() + READY_WITHIN
    while loop.time() < until:
        if (stand := read(folder / "run.json", url)) is not None and await _answers(stand.url):
            return stand
        await asyncio.sleep(0.1)
    return None


async def _answers(url: str) -> bool:
    try:
        return (await Portal(url).get("/ready", Caller())).is_done
    except Unreachable:
        return False


def read(run_file: Path, url: str | None = None) -> Stand | None:
    """The system that a start wrote down; None when there is nothing that can be read."""
    try:
        said: dict[str, Any] = json.loads(run_file.read_bytes())
        accounts = {role: Account(one["name"], one["api_key"]) for role, one in said["accounts"].items()}
        return Stand(run_file.parent, url or said["url"], said["kafka"], accounts)
    except (OSError, ValueError, KeyError, TypeError):
        return None
