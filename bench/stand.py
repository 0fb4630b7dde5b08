"""The stand: embedded servers in a folder that is thrown away, and the environment of services on it."""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from deploy import registry
from deploy.local.servers import EmbeddedServers
from shared.db.client import Mongo
from shared.identity.api_keys import write_key
from shared.identity.organisation import load_organisation
from shared.privacy.vault import make_master_key
from shared.testing.access import accounts_of, let_in, system_key


@dataclass(frozen=True, slots=True)
class Stand:
    """Running servers and where their data are, the settings of a service on them, a key that may file and read."""

    data: Path
    kafka: str
    mongo: str
    env: dict[str, str]
    key: str

    def mongo_of(self, service: str) -> Mongo:
        """The database of a service."""
        return Mongo(self.mongo, f"{self.env['CCMS_NAMESPACE']}ccms_{service}")

    async def apart(self, namespace: str) -> "Stand":
        """The same servers with databases and topics of their own."""
        other = replace(self, env={**self.env, "CCMS_NAMESPACE": namespace})
        await other.admit()
        return other

    async def admit(self) -> None:
        """Let the key and everybody of the sample company in."""
        may = frozenset({"complaints:write", "complaints:read", "issues:read"})
        for service in registry.MODULES:
            mongo = self.mongo_of(service)
            await let_in(mongo, [system_key(self.key, may, "bench"), *accounts_of(load_organisation())])
            mongo.close()


@asynccontextmanager
async def stand() -> AsyncIterator[Stand]:
    """Start servers; stop and remove them afterwards."""
    with tempfile.TemporaryDirectory(prefix="ccms-bench-") as name:
        folder = Path(name)
        async with EmbeddedServers(folder / "data") as servers:
            make_master_key(folder / "master.key")
            key = write_key("bench", secrets.token_bytes(32))
            env = {
                "CCMS_KAFKA": servers.kafka,
                "CCMS_MONGO": servers.mongo,
                "CCMS_MODE": "local",
                "CCMS_NAMESPACE": f"b{uuid4().hex[:8]}-",
                "CCMS_MASTER_KEY_FILE": str(folder / "master.key"),
                "CCMS_LOG_LEVEL": "error",
            }
            made = Stand(folder / "data", servers.kafka, servers.mongo, env, key)
            await made.admit()
            yield made
            await asyncio.sleep(0)
