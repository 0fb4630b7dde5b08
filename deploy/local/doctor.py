"""What this machine has and lacks for the embedded servers; changes nothing."""

import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.local import jars
from deploy.local.errors import (
    DiskFull,
    FolderInUse,
    FolderRefused,
    LocalError,
    OldPython,
    StartFailed,
    UnsupportedSystem,
)
from deploy.local.failure import known_cause
from deploy.local.folder import MIN_FREE_MB, check_format, free_mb, holder, is_held
from deploy.local.kafka import NAME as KAFKA
from deploy.local.kafka import java
from deploy.local.mongod import NAME as MONGODB
from deploy.local.mongod import mongod_binary
from deploy.local.ports import is_free, kept_ports
from deploy.local.sentence import Sentence
from shared.language.i18n import _

MIN_PYTHON: Final = (3, 11)
_RUN_SECONDS: Final = 20


@dataclass(frozen=True)
class Check:
    """One thing looked at: whether it is well, what was found, and what to do (None when nothing)."""

    name: str
    ok: bool
    found: str
    todo: Sentence | LocalError | None = None


def examine(folder: Path) -> list[Check]:
    """Every check, in the order in which a start would meet them."""
    path = folder.expanduser().resolve()
    looks: list[tuple[str, Callable[[], str | Check]]] = [
        ("python", _python),
        ("system", _system),
        ("java", lambda: _runs(KAFKA, [str(java()), "-version"])),
        ("mongod", lambda: _runs(MONGODB, [str(mongod_binary()), "--version"])),
        ("downloads", _downloads),
        ("folder", lambda: _folder(path)),
        ("disk", lambda: _disk(path)),
        ("holder", lambda: _holder(path)),
        ("ports", lambda: _ports(path)),
    ]
    return [_looked(name, look) for name, look in looks]


def _looked(name: str, look: Callable[[], str | Check]) -> Check:
    try:
        found = look()
    except LocalError as error:
        return Check(name, False, type(error).__name__, error)
    return found if isinstance(found, Check) else Check(name, True, found)


def _python() -> str:
    if sys.version_info < MIN_PYTHON:
        raise OldPython(found=platform.python_version())
    return platform.python_version()


def _system() -> str:
    if platform.system() not in ("Linux", "Darwin"):
        raise UnsupportedSystem(system=platform.system())
    return f"{platform.system()} {platform.machine()}"


def _runs(server: str, command: list[str]) -> str:
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_RUN_SECONDS, check=False)
        said = (ran.stdout + ran.stderr).strip()
    except (OSError, subprocess.TimeoutExpired) as error:
        ran, said = None, str(error)
    if ran is None or ran.returncode:
        cause = known_cause(server, said, Path(command[0]).parent)
        raise cause or StartFailed(server=server, reason=said[:200], log=command[0])
    return said.splitlines()[0]


def _downloads() -> Check:
    lock = jars.read_lock()
    pinned = [jar for group in lock.values() for jar in group]
    context = jars.user_context()
    missing = sum(not jars.is_cached(jar, context) for jar in pinned)
    found = f"{len(pinned) - missing}/{len(pinned)}"
    todo = Sentence("{missing} files will be downloaded at the next start, which needs a network.", missing=missing)
    return Check("downloads", not missing, found, todo if missing else None)


def _folder(path: Path) -> str:
    there = next(p for p in (path, *path.parents) if p.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise FolderRefused(folder=path, reason="no permission to write")
    check_format(path)
    return str(path)


def _disk(path: Path) -> str:
    free = free_mb(path)
    if free < MIN_FREE_MB:
        raise DiskFull(folder=path, free=free, wanted=MIN_FREE_MB)
    return f"{free} MB"


def _holder(path: Path) -> str:
    if is_held(path):
        pid, url = holder(path)
        raise FolderInUse(folder=path, pid=pid or "?", url=url or "?")
    return "free"


def _ports(path: Path) -> Check:
    taken = [f"{name} {port}" for name, port in kept_ports(path).items() if not is_free(port)]
    todo = Sentence(_("Other programs listen there; the next start chooses other ports."))
    return Check("ports", True, ", ".join(taken) or "free", todo if taken else None)
