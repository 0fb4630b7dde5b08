"""The data folder: who holds it, which version wrote it, whether it was left in order, and its free space.

DIR/lock          held (flock) by the process that runs the servers; its content names that process
DIR/version.json  {"format": N}; a newer N is refused
DIR/clean         there when the last stop was orderly
DIR/ports.json, DIR/kafka, DIR/mongo, DIR/log, DIR/*.pid
"""

import asyncio
import fcntl
import json
import os
import shutil
import time
from pathlib import Path
from typing import Final

from deploy.local.errors import DamagedFolder, DiskFull, FolderInUse, FolderRefused, NewerData

FORMAT: Final = 1
MIN_FREE_MB: Final = 1000
_PATIENCE: Final = 5.0  # a holder that is shutting down needs about two seconds


class DataFolder:
    """A data folder that this process holds from `take` until `release`."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().resolve()
        self.clean_before = True
        self._lock: int | None = None

    async def take(self, patience: float = _PATIENCE) -> None:
        """Hold the folder, making it when it is not there; raises a `LocalError` that says why not."""
        self._make()
        await self._hold(patience)
        try:
            self._check()
        except BaseException:
            self.release()
            raise
        self.clean_before = (self.path / "clean").exists() or not self.in_use_before
        (self.path / "version.json").write_text(json.dumps({"format": FORMAT}), encoding="utf-8")

    @property
    def in_use_before(self) -> bool:
        """Whether servers have had data here before."""
        return (self.path / "kafka").exists() or (self.path / "mongo").exists()

    def mark(self, *, clean: bool) -> None:
        """Note that the servers are running (False) or were stopped in order (True)."""
        if clean:
            (self.path / "clean").touch()
        else:
            (self.path / "clean").unlink(missing_ok=True)

    def release(self) -> None:
        """Let the folder go."""
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None

    def _make(self) -> None:
        try:
            (self.path / "log").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderRefused(folder=self.path, reason=error.strerror) from error

    async def _hold(self, patience: float) -> None:
        try:
            handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise FolderRefused(folder=self.path, reason=error.strerror) from error
        until = time.monotonic() + patience
        while not _locked(handle):
            if time.monotonic() > until:
                os.close(handle)
                pid, url = holder(self.path)
                raise FolderInUse(folder=self.path, pid=pid or "?", url=url or "no address yet")
            await asyncio.sleep(0.05)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode("ascii"), 0)
        self._lock = handle

    def _check(self) -> None:
        check_format(self.path)
        free = free_mb(self.path)
        if free < MIN_FREE_MB:
            raise DiskFull(folder=self.path, free=free, wanted=MIN_FREE_MB)


def holder(path: Path) -> tuple[int | None, str | None]:
    """Process number and address of who holds the folder, as far as they are written there."""
    try:
        pid: int | None = int((path / "lock").read_text(encoding="ascii"))
    except (OSError, ValueError):
        pid = None
    try:
        run = json.loads((path / "run.json").read_text(encoding="utf-8"))
        return pid, str(run["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return pid, None


def is_held(path: Path) -> bool:
    """Whether some process holds the folder now."""
    try:
        handle = os.open(path / "lock", os.O_RDWR)
    except OSError:
        return False
    try:
        return not _locked(handle)
    finally:
        os.close(handle)


def free_mb(path: Path) -> int:
    """Free space on the disk of `path`, or of its nearest folder that exists, in MB (10^6 bytes)."""
    there = next(p for p in (path, *path.parents) if p.exists())
    return shutil.disk_usage(there).free // 1_000_000


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def check_format(path: Path) -> None:
    """Refuse data that a newer version wrote, or whose version cannot be read."""
    found = _format_of(path)
    if found > FORMAT:
        raise NewerData(folder=path, found=found, known=FORMAT)


def _format_of(path: Path) -> int:
    try:
        return int(json.loads((path / "version.json").read_text(encoding="utf-8"))["format"])
    except FileNotFoundError:
        return 0
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedFolder(server="CCMS", folder=path, reason="version.json", log=path / "log") from error
