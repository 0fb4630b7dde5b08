"""One embedded Kafka and MongoDB for all workers; each worker has its own namespace, each test its own ids."""

import asyncio
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from deploy.local.servers import EmbeddedServers
from shared.db.client import Mongo, run_admin_command
from shared.obs.libraries import limit_libraries
from shared.privacy.vault import make_master_key
from shared.runtime.collector import calm, look_seldom
from shared.runtime.settings import Settings

ADDRESSES = "CCMS_TEST_SERVERS"
WITHOUT_SERVERS = ("unit", "component", "contracts", "architecture", "browser", "chaos/clusters", "containers")

WITH_SERVERS = ("integration", "conformance")
FOR_TESTS = {"setParameter": 1, "minSnapshotHistoryWindowInSeconds": 30, "ttlMonitorEnabled": False}
"""Files of dropped databases stay for half a minute: after five, as usual, there would be too many. And nothing is
taken away for its age: the clock of a test stands on a day of its own, MongoDB's does not.
"""
property_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("any machine")
MEMORY, ROOM = Path("/dev/shm"), 8 << 30
USUAL = 121.0
"""Seconds; a file in which a test may take longer begins before the others."""


@dataclass(frozen=True)
class Servers:
    """Where the servers listen: the embedded ones, or those that `CCMS_TEST_SERVERS` names.

    `mongo` is what the driver takes. `administrator`: settings of one who may do everything, where servers ask who.
    """

    kafka: str
    mongo: str
    folder: Path
    administrator: Mapping[str, Any] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, Any]:
        """How settings say it."""
        return {"kafka": self.kafka, "mongo": self.mongo} | dict(self.administrator)


def _wants_servers(config: pytest.Config) -> bool:
    tests = Path(__file__).parent
    asked = [Path(arg.split("::")[0]).resolve() for arg in config.args]
    plain = [tests / name for name in WITHOUT_SERVERS]
    return not all(any(path.is_relative_to(p) for p in plain) for path in asked)


def pytest_configure(config: pytest.Config) -> None:
    """The first process starts the servers; the workers find them in the environment."""
    look_seldom()
    limit_libraries()
    if hasattr(config, "workerinput") or ADDRESSES in os.environ or config.option.collectonly:
        return
    if not _wants_servers(config):
        return
    folder = Path(tempfile.mkdtemp(prefix="ccms-test-", dir=_quick_place()))
    servers = EmbeddedServers(folder)
    asyncio.run(servers.start())
    asyncio.run(run_admin_command(servers.mongo, FOR_TESTS, 10.0))
    os.environ[ADDRESSES] = json.dumps({"kafka": servers.kafka, "mongo": servers.mongo, "folder": str(folder)})
    config.stash[_STARTED] = servers


def _quick_place() -> Path | None:
    """Memory where there is enough: what is killed with -9 finds its files there as well. Else the usual place."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with the longest tests first: workers take over each other's last tests, and those are done in no time."""
    patience: dict[Path, float] = defaultdict(float)
    for item in items:
        marker = item.get_closest_marker("timeout")
        patience[item.path] = max(patience[item.path], marker.args[0] if marker else 0)
    items.sort(key=lambda item: (-(patience[item.path] // USUAL), _room(item) not in WITH_SERVERS))


def _room(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: the garbage collector need not go through them again and again."""
    calm()


_STARTED = pytest.StashKey[EmbeddedServers]()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this process started, and leave nothing."""
    servers = config.stash.get(_STARTED, None)
    if servers is not None:
        asyncio.run(servers.stop())
        shutil.rmtree(servers.folder, ignore_errors=True)
        os.environ.pop(ADDRESSES, None)


@pytest.fixture(scope="session")
def servers() -> Servers:
    """The servers of this run."""
    said = json.loads(os.environ[ADDRESSES])
    return Servers(said["kafka"], said["mongo"], Path(said["folder"]), said.get("administrator", {}))


@pytest.fixture(scope="session")
def namespace() -> str:
    """A prefix of this worker's topics and databases."""
    return f"t{uuid4().hex[:10]}-"


@pytest.fixture(scope="session")
def settings(servers: Servers, namespace: str) -> Settings:
    """Settings as `ccms up` makes them, for this worker."""
    key = servers.folder / "test-master-key"
    make_master_key(key)
    return Settings(
        **servers.settings,
        namespace=namespace,
        mode="local",
        master_key_file=key,
        partitions=1,
        log_level="error",
    )


@pytest.fixture
async def database(servers: Servers) -> AsyncIterator[Callable[[str], Mongo]]:
    """Makes empty databases, and drops them afterwards."""
    made: list[Mongo] = []

    def make(name: str = "db") -> Mongo:
        mongo = Mongo(servers.mongo, f"{name}-{uuid4().hex[:12]}")
        made.append(mongo)
        return mongo

    yield make
    for mongo in made:
        await mongo.drop()
        mongo.close()
