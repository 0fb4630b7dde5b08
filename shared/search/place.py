"""Where a process keeps its index: a folder that is its own as long as it runs, and the next one's after it.

    CCMS_INDEX/<namespace><service>/layout-1/0    the first process of a service on this machine
    CCMS_INDEX/<namespace><service>/layout-1/1    a second one beside it

Without CCMS_INDEX it is a temporary folder; those of processes that were killed are removed by the next one. An index
that cannot be opened is made anew.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from shared.obs.log import logger
from shared.search.tantivy_index import LAYOUT, TantivyIndex

TEMPORARY: Final = "ccms-search-"
LOCK: Final = "lock"


class Place:
    """A folder with an index, held until `leave`."""

    def __init__(self, kept: Path | None, name: str) -> None:
        self._folder = None if kept is None else kept / name / f"layout-{LAYOUT}"
        self._temporary: str | None = None
        self._lock: int | None = None

    def take(self) -> TantivyIndex:
        """The index in the first folder that nobody holds."""
        folder = self._free()
        try:
            return TantivyIndex(folder)
        except (ValueError, OSError) as error:  # cut off while it was made, or not one of ours
            logger.warning("search.index_broken", error=type(error).__name__)
            shutil.rmtree(folder)
            folder.mkdir(mode=0o700)
            return TantivyIndex(folder)

    def _free(self) -> Path:
        if self._folder is None:
            return self._temporary_one()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in count():
            if self._hold(self._folder / f"{number}.lock"):
                folder = self._folder / str(number)
                folder.mkdir(mode=0o700, exist_ok=True)
                return folder
        raise AssertionError

    def _temporary_one(self) -> Path:
        _sweep(Path(tempfile.gettempdir()))
        folder = Path(tempfile.mkdtemp(prefix=TEMPORARY))
        if not self._hold(folder / LOCK) or not (folder / LOCK).exists():  # another one's sweep came between
            self._let_go()
            return self._temporary_one()
        self._temporary = str(folder)
        index = folder / "index"
        index.mkdir(mode=0o700)
        return index

    def _hold(self, lock: Path) -> bool:
        handle = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._lock = handle
        return True

    def leave(self) -> None:
        """Let the folder go."""
        self._let_go()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary = None

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _sweep(within: Path) -> None:
    """Remove what processes left here that were killed: nobody holds its lock any more."""
    for lock in within.glob(f"{TEMPORARY}*/{LOCK}"):
        with suppress(OSError):  # somebody else's, in use, or gone meanwhile
            handle = os.open(lock, os.O_RDWR)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent, ignore_errors=True)
            finally:
                os.close(handle)


def forget(kept: Path, name: str) -> list[Path]:
    """Remove a service's indexes that nobody holds; those who come next make them anew. Returns those in use."""
    held: list[Path] = []
    for lock in sorted((kept / name).glob("layout-*/*.lock")):
        handle = os.open(lock, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
        except BlockingIOError:
            held.append(lock.with_suffix(""))
        finally:
            os.close(handle)
    return held
