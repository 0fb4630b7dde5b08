"""Services as a deployment runs them, `ccms serve`, on the test servers: started, killed, stopped by their pid."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from uuid import uuid4

import httpx
import yaml

from deploy import registry
from deploy.preparing.kafka import prepare_kafka
from deploy.preparing.mongo import keep_users
from shared.db.client import Mongo, StoreError
from shared.identity.api_keys import write_key
from shared.identity.organisation import load_organisation
from shared.identity.sessions import Session, write_session
from shared.messaging.rights import user_of
from shared.privacy.vault import Vault, make_master_key, read_master_keys
from shared.runtime.settings import Settings
from shared.testing.access import Known, accounts_of, let_in, system_key
from shared.web.authentication import session_cookie
from tests.conftest import Servers
from tests.integration.preloaded import Preloaded

ROOT = Path(__file__).parents[2]
PLAYBOOK = ROOT / "services/alerts/rules/playbook.yaml"
MAY = frozenset({"complaints:write", "imports:write", "complaints:read", "issues:read", "events:read"})
PATIENCE = 60.0

T = TypeVar("T")
Process: TypeAlias = subprocess.Popen[bytes] | Preloaded


async def until(ask: Callable[[], Awaitable[T]], what: object, seconds: float = PATIENCE) -> T:
    """Ask until the answer is true, and return it; fails with `what` as it is then, and the last answer."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not (answer := await ask()):
        assert loop.time() < end, f"{what}: still {answer!r} after {seconds:.0f} s"
        await asyncio.sleep(0.05)
    return answer


@dataclass(frozen=True)
class Served:
    """One process of one service."""

    service: str
    process: Process
    log: Path

    @property
    def url(self) -> str:
        """Where it listens; empty until it does."""
        said = [line for line in self.log.read_text().splitlines() if line.startswith("ready ")]
        return said[0].removeprefix("ready ") if said else ""

    async def ended(self, seconds: float = PATIENCE) -> int:
        """Its exit code once it has ended; negative for the signal that killed it."""

        async def has_ended() -> bool:
            return self.process.poll() is not None

        await until(has_ended, f"{self.service} ends", seconds)
        return int(self.process.returncode or 0)

    async def stop(self) -> int:
        """Ask it to stop in order; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()


@dataclass
class Deployment:
    """Services on one namespace. `key` may file and read everything; the sample people may come in.

    `serve` is the program that serves one service, with its first arguments; `ccms serve`, loaded beforehand, if none.
    """

    settings: Settings
    folder: Path
    key: str
    started: list[Served] = field(default_factory=list)
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)
    serve: tuple[str, ...] = ()

    def start(self, service: str, *options: str, **environment: str) -> Served:
        """Start a process on a free port; `environment` such as `CCMS_CRASH_AT` is for it alone."""
        log = self.folder / f"{len(self.started)}-{service}.log"
        arguments = [service, "--host", "127.0.0.1", "--port", "0", *options]
        own = self.environment() | self.accounts.get(service, {}) | environment
        served = Served(service, self._process(arguments, own, log), log)
        self.started.append(served)
        return served

    def _process(self, arguments: list[str], environment: dict[str, str], log: Path) -> Process:
        log.touch()
        if not self.serve:
            return Preloaded(["serve", *arguments], environment, log)
        with log.open("wb") as out:
            command = [sys.executable, *self.serve, *arguments]
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)

    async def ready(self, served: Served) -> Served:
        """Wait until it takes requests."""

        async def answers() -> bool:
            assert served.process.poll() is None, f"{served.service} ended:\n{served.log.read_text()[-3000:]}"
            try:
                return (await client.get(f"{served.url}/ready")).status_code == 200
            except (httpx.TransportError, httpx.UnsupportedProtocol):
                return False

        async with httpx.AsyncClient() as client:
            await until(answers, f"{served.service} is ready")
        return served

    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("CCMS_")}
        said = self.settings.model_dump(exclude_defaults=True)
        return plain | {f"CCMS_{name.upper()}": str(value) for name, value in said.items()}

    def mongo(self, service: str) -> Mongo:
        """The database of a service."""
        return Mongo(self.settings.mongo_url, self.settings.named(f"ccms_{service}"))

    def client(self, key: str | None = None) -> httpx.AsyncClient:
        """A client with an API key."""
        return httpx.AsyncClient(headers={"Authorization": f"Bearer {key or self.key}"}, timeout=10)

    async def give_accounts(self) -> None:
        """Have each service speak to servers that ask who it is as itself, with no more rights than it needs."""
        passwords = {service: secrets.token_hex(8) for service in registry.MODULES}
        await keep_users(self.settings, passwords)
        await prepare_kafka(self.settings, passwords)
        for service, password in passwords.items():
            file = self.folder / f"{service}.password"
            file.write_text(password)
            user = user_of(service, self.settings)
            self.accounts[service] = {"CCMS_KAFKA_MECHANISM": "SCRAM-SHA-512"} | {
                f"CCMS_{server}_{name}": value
                for server in ("KAFKA", "MONGO")
                for name, value in (("USER", user), ("PASSWORD_FILE", str(file)))
            }

    async def let_in(self) -> None:
        """Have every service know the key and the sample people, as if sharing had told it."""
        known: list[Known] = [system_key(self.key, MAY), *accounts_of(load_organisation())]
        for name in registry.MODULES:
            mongo = self.mongo(name)
            await let_in(mongo, known)
            mongo.close()

    def browser(self, person: str, url: str) -> httpx.AsyncClient:
        """A browser in which one of the sample people is signed in, on a page of the service at `url`."""
        vault = Vault(*read_master_keys(self.settings.master_key_file))
        cookie = write_session(Session(uuid4().hex, person, datetime.now(UTC)), vault)
        cookies = {session_cookie(self.settings.mode == "production"): cookie}
        return httpx.AsyncClient(base_url=url, cookies=cookies, headers={"Origin": url}, timeout=10)

    async def end(self) -> None:
        """Leave no process and no database: MongoDB has a limit of open files. Topics go with the servers."""
        for served in self.started:
            served.process.kill()
            await served.ended()
        with suppress(StoreError):  # of servers that were ended on purpose
            for service in registry.MODULES:
                mongo = self.mongo(service)
                await mongo.drop()
                mongo.close()


@asynccontextmanager
async def deployment(servers: Servers, folder: Path, **settings: Any) -> AsyncIterator[Deployment]:
    """An empty deployment with files in `folder`; its processes end with the block."""
    folder.mkdir(exist_ok=True)
    make_master_key(folder / "master.key")
    key = write_key("client", secrets.token_bytes(32))
    plain: dict[str, Any] = {
        **servers.settings,
        "namespace": f"d{uuid4().hex[:10]}-",
        "mode": "local",
        "master_key_file": folder / "master.key",
        "partitions": 1,
        "log_level": "warning",
    }
    made = Deployment(Settings(**(plain | settings)), folder, key)
    if servers.administrator:
        await made.give_accounts()
    await made.let_in()
    try:
        yield made
    finally:
        await made.end()


def impatient_rules(folder: Path, seconds: float, call: list[str], rounds: int = 1) -> Path:
    """A rules folder whose playbook calls these roles on every step and gives each so many seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    playbook = yaml.safe_load(PLAYBOOK.read_text())
    for step in playbook["steps"]:
        step |= {"acknowledge_within": seconds, "call": call, "rounds": rounds}
    (folder / PLAYBOOK.name).write_text(yaml.safe_dump(playbook, allow_unicode=True))
    return folder
