"""Why a server ended, read from its log and exit code, as the sentence that says what to do."""

import platform
import re
import signal
from pathlib import Path
from typing import Final

from deploy.local.child import Child
from deploy.local.errors import (
    DamagedFolder,
    DiskFullWhileRunning,
    LocalError,
    MissingLibrary,
    NewerServerData,
    PortTaken,
    ServerEnded,
    StartFailed,
    WrongArchitecture,
)
from deploy.local.server_log import tail

_LIBRARY: Final = re.compile(r"loading shared libraries: (?P<library>[\w.+-]+)")
_PACKAGES: Final = {
    "libcurl.so.4": "libcurl4",
    "libssl.so.3": "libssl3",
    "libcrypto.so.3": "libssl3",
    "liblzma.so.5": "liblzma5",
    "libz.so.1": "zlib1g",
}
_ARCHITECTURE: Final = re.compile(r"Exec format error|Bad CPU type|cannot execute binary")
_DISK: Final = re.compile(r"No space left on device|Disk quota exceeded|ENOSPC")
_PORT: Final = re.compile(r"Address already in use|SocketBindException|EADDRINUSE")
_NEWER: Final = re.compile(
    r"featureCompatibilityVersion document|UPGRADE PROBLEM|"
    r"[Nn]o MetadataVersion with feature level|Unsupported feature level"
)
_DAMAGED: Final = re.compile(
    r'"s":"E",\s*"c":"WT"|WT_PANIC|Fatal assertion|'  # mongod: its storage engine
    r"CorruptRecordException|InconsistentClusterId|KafkaStorageException|Error: node ID|meta\.properties"
)
_SENT: Final = (
    -signal.SIGKILL,
    -signal.SIGTERM,
    -signal.SIGINT,
)  # by somebody: the log knows nothing about it
_MONGO_NEWER: Final = 62  # EXIT_NEED_DOWNGRADE of mongod


def failure_of(child: Child, folder: Path) -> LocalError:
    """Why a server did not start; `StartFailed` when its log says nothing that is known."""
    return _known(child, folder) or StartFailed(server=_server(child), reason=child.reason, log=child.log)


def end_of(child: Child, folder: Path) -> LocalError:
    """Why a server that was running ended; `ServerEnded` when its log says nothing that is known."""
    return _known(child, folder) or ServerEnded(server=_server(child), reason=child.reason, log=child.log)


def known_cause(server: str, said: str, folder: Path) -> LocalError | None:
    """The error that fits what a program said about this machine; None when it is nothing known."""
    if library := _LIBRARY.search(said):
        name = library["library"]
        return MissingLibrary(server=server, library=name, package=_PACKAGES.get(name, name))
    if _ARCHITECTURE.search(said):
        return WrongArchitecture(server=server, machine=platform.machine())
    if _DISK.search(said):
        return DiskFullWhileRunning(server=server, folder=folder)
    if _PORT.search(said):
        return PortTaken(server=server)
    return None


def _known(child: Child, folder: Path) -> LocalError | None:
    if child.process.returncode in _SENT:
        return None
    said, server = "\n".join(tail(child.log)), _server(child)
    if cause := known_cause(server, said, folder):
        return cause
    if child.process.returncode == _MONGO_NEWER or _NEWER.search(said):
        return NewerServerData(server=server, folder=folder)
    if _DAMAGED.search(said):
        return DamagedFolder(server=server, folder=folder, reason=child.reason, log=child.log)
    return None


def _server(child: Child) -> str:
    return child.name.partition("-")[0]
