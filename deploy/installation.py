"""Where a command works: in the data folder of a local installation, or on what CCMS_* settings name."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.backup.errors import NoInstallation
from deploy.local.errors import FolderInUse
from deploy.local.folder import holder, is_held
from deploy.local.sentence import Progress
from deploy.local.servers import EmbeddedServers
from shared.runtime.settings import Settings, load_settings

HERE: Final = Path("data")
"""The folder that `ccms up` takes when nothing is said."""
MASTER_KEY: Final = "master.key"
INDEX: Final = "index"


@dataclass(frozen=True, slots=True)
class Installation:
    """A deployment as its settings say; `folder` is its data folder if it is a local one."""

    settings: Settings
    folder: Path | None


@asynccontextmanager
async def installation(
    data: Path | None, progress: Progress, *, stopped: bool = False, new: bool = False
) -> AsyncIterator[Installation]:
    """The installation in a data folder, whose servers are started for the time if they do not run.

    Without `data`: what CCMS_* settings name if they name a MongoDB, else the folder that `ccms up` takes by itself.
    `stopped`: one whose folder is in use is refused; `new`: the folder need not be there. Raises a `LocalError`.
    """
    if data is None and os.environ.get("CCMS_MONGO"):
        yield Installation(load_settings(), None)
        return
    folder = (data or HERE).expanduser().resolve()
    if not new and not (folder / "mongo").exists():
        raise NoInstallation(folder=folder)
    if is_held(folder) and not stopped:
        yield Installation(_running(folder), folder)
        return
    async with EmbeddedServers(folder, progress) as servers:
        yield Installation(settings_of(folder, servers.kafka, servers.mongo), folder)


def settings_of(folder: Path, kafka: str, mongo: str, **more: object) -> Settings:
    """The settings of a local installation."""
    plain: dict[str, object] = {
        "kafka": kafka,
        "mongo": mongo,
        "mode": "local",
        "master_key_file": folder / MASTER_KEY,
        "index": folder / INDEX,
    }
    return load_settings(**plain, **more)


def _running(folder: Path) -> Settings:
    """The settings of one that runs, as it wrote them down."""
    try:
        said = json.loads((folder / "run.json").read_bytes())
        return settings_of(folder, str(said["kafka"]), str(said["mongo"]))
    except (OSError, ValueError, KeyError, TypeError):
        pid, url = holder(folder)
        raise FolderInUse(folder=folder, pid=pid or "?", url=url or "?") from None
