"""One embedded Kafka and MongoDB for all workers; each worker has its own namespace, each test its own ids."""

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from deploy.local.servers import EmbeddedServers
from shared.db.client import Mongo
from shared.privacy.vault import make_master_key
from shared.runtime.settings import Settings

ADDRESSES = "CCMS_TEST_SERVERS"
WITHOUT_SERVERS = ("unit", "component", "contracts", "architecture", "browser")


@dataclass(frozen=True)
class Servers:
    """Where the embedded servers listen."""

    kafka: str
    mongo: str
    folder: Path


def _wants_servers(config: pytest.Config) -> bool:
    tests = Path(__file__).parent
    asked = [Path(arg.split("::")[0]).resolve() for arg in config.args]
    plain = [tests / name for name in WITHOUT_SERVERS]
    return not all(any(path.is_relative_to(p) for p in plain) for path in asked)


def pytest_configure(config: pytest.Config) -> None:
    """The first process starts the servers; the workers find them in the environment."""
    if hasattr(config, "workerinput") or ADDRESSES in os.environ or config.option.collectonly:
        return
    if not _wants_servers(config):
        return
    folder = Path(tempfile.mkdtemp(prefix="ccms-test-"))
    servers = EmbeddedServers(folder)
    asyncio.run(servers.start())
    os.environ[ADDRESSES] = json.dumps({"kafka": servers.kafka, "mongo": servers.mongo, "folder": str(folder)})
    config.stash[_STARTED] = servers


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
    """The embedded servers of this run."""
    said = json.loads(os.environ[ADDRESSES])
    return Servers(said["kafka"], said["mongo"], Path(said["folder"]))


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
        kafka=servers.kafka,
        mongo=servers.mongo,
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
