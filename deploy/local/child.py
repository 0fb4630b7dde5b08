"""One server process: in a session of its own, logged to a file, found again and ended after a crash."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.local.process_list import command_of
from deploy.local.server_log import last_words

_GUARD = Path(__file__).with_name("guard.py")
_POLL: Final = 0.02


@dataclass(frozen=True)
class Child:
    """A running server; `name` is what people call it."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    pid_file: Path

    @property
    def ended(self) -> bool:
        """Whether the process is gone."""
        return self.process.poll() is not None

    @property
    def reason(self) -> str:
        """Why it is gone: the signal or exit code, and its last words."""
        code = self.process.returncode or 0
        if code < 0:
            return signal.Signals(-code).name
        said = last_words(self.log)
        return f"exit code {code}: {said}" if said else f"exit code {code}"

    async def stop(self, patience: float) -> bool:
        """SIGTERM, and SIGKILL after `patience` seconds. True when it ended of its own accord."""
        self.process.terminate()
        orderly = await _gone_within(self.process, patience)
        if not orderly:
            self.process.kill()
            self.process.wait()
        self.pid_file.unlink(missing_ok=True)
        return orderly


def start_child(name: str, command: list[str], folder: Path) -> Child:
    """Start `command` with its log in `folder`/log; the log of the start before is kept as `….log.1`."""
    log = folder / "log" / f"{name.lower()}.log"
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    process = _spawn(command, folder, log)
    pid_file = folder / f"{name.lower()}.pid"
    pid_file.write_text(str(process.pid), encoding="ascii")
    return Child(name, process, log, pid_file)


def _spawn(command: list[str], folder: Path, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(_GUARD), str(os.getpid()), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C.UTF-8"},  # a JVM cannot open a Korean folder name in the C locale
            start_new_session=True,  # Ctrl-C must not reach it before the services have let go of it
        )


def end_leftover(name: str, folder: Path, patience: float = 5.0) -> bool:
    """End what an earlier, killed start left running on this folder. True when there was something."""
    pid_file = folder / f"{name.lower()}.pid"
    try:
        pid = int(pid_file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    found = str(folder) in command_of(pid)  # a pid alone may belong to somebody else by now
    if found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + patience
        while str(folder) in command_of(pid) and time.monotonic() < until:
            time.sleep(_POLL)
    pid_file.unlink(missing_ok=True)
    return found


async def _gone_within(process: subprocess.Popen[bytes], patience: float) -> bool:
    until = time.monotonic() + patience
    while process.poll() is None:
        if time.monotonic() > until:
            return False
        await asyncio.sleep(_POLL)
    return True
