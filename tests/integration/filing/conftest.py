"""Intake with a real database, seen by a visitor, by staff and by a program, without a network."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from services.intake.service import SERVICE
from shared.db.store import Store
from shared.identity.principal import Principal
from shared.runtime.app import service_app
from shared.runtime.clock import SetClock
from shared.runtime.process import Running
from shared.runtime.settings import Settings
from shared.web.authentication import Authenticator
from shared.web.rates import Buckets

PEOPLE = {
    "agent": Principal("p-020", "상담", frozenset({"agent", "employee"}), "person", "cs"),
    "agent2": Principal("p-021", "상담둘", frozenset({"agent", "employee"}), "person", "cs"),
    "supervisor": Principal("p-022", "실장", frozenset({"cs_manager", "employee"}), "person", "cs"),
    "employee": Principal("p-034", "사원", frozenset({"employee"}), "person", "sales"),
    "auditor": Principal("p-040", "감사", frozenset({"auditor"}), "person", "audit"),
    "admin": Principal("p-041", "관리", frozenset({"admin"}), "person", "it"),
    "shop": Principal("s-shop", "Shop", frozenset({"complaints:write", "complaints:read"}), "system"),
}
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
API = "/api/intake/v1"


async def holder_of(key: str) -> Principal | None:
    return PEOPLE.get(key)


@dataclass
class Intake:
    """The service, and clients of it."""

    app: FastAPI
    clock: SetClock

    @property
    def running(self) -> Running:
        return self.app.state.running  # type: ignore[no-any-return]

    @property
    def store(self) -> Store:
        return self.running.store

    def client(self, who: str | None = None, **headers: str) -> httpx.AsyncClient:
        """A client of somebody, None for a visitor; pages are asked for in English unless said otherwise."""
        sent = {"Accept-Language": "en", "Accept": "text/html,*/*"} | headers
        if who is not None:
            sent["Authorization"] = f"Bearer {who}"
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://intake", headers=sent)

    def calm(self) -> None:
        """Forget how often a visitor came."""
        self.app.state.buckets = Buckets(monotonic)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def intake(settings: Settings) -> AsyncIterator[Intake]:
    """One intake for a file of tests."""
    own = settings.model_copy(update={"namespace": f"{settings.namespace}f-"})
    clock = SetClock(NOW)
    app = service_app(SERVICE, own, Authenticator(holder_of), roles=(), clock=clock)
    async with app.router.lifespan_context(app):
        yield Intake(app, clock)
        await app.state.running.mongo.drop()


@pytest.fixture(autouse=True)
def _no_hurry(intake: Intake) -> None:
    intake.calm()


async def upload(client: httpx.AsyncClient, name: str, content: bytes, declared: str = "", path: str = "") -> Any:
    """Upload a file; the answer."""
    files = {"file": (name, content, declared) if declared else (name, content)}
    return await client.post(path or f"{API}/attachments", files=files)


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without an account."""
    async with intake.client(**{"Sec-Fetch-Site": "same-origin"}) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="module")
async def agent(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    """An agent's program."""
    async with intake.client("agent", Accept="application/json") as client:
        yield client
