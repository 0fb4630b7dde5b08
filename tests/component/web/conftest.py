"""The sample service in local mode and in production, driven without a network."""

import asyncio
from collections.abc import AsyncIterator, Callable, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shared.identity.principal import Principal
from shared.runtime.clock import SetClock
from shared.runtime.settings import Settings
from shared.web.app import create_app
from shared.web.authentication import Authenticator, session_cookie
from shared.web.feed import Feed
from shared.web.limits import Limit
from shared.web.stream import stream_router
from tests.component.web.sample import AGENT, OFFICER, PEOPLE, POLICY, SYSTEM, TEMPLATES, api, pages

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HOLDERS = {"agent-key": AGENT, "system-key": SYSTEM, "officer-key": OFFICER}
SIGNED_IN = f"{session_cookie(False)}={{id}}"
"""A cookie as the sample service understands it: the person's id."""

AppOf = Callable[..., FastAPI]
Connect = Callable[..., httpx.AsyncClient]


async def holder_of(key: str) -> Principal | None:
    return HOLDERS.get(key)


@pytest.fixture
def feed() -> Feed:
    return Feed(heartbeat=0.01)


@pytest.fixture
def app_of(feed: Feed) -> AppOf:
    """Makes the app; `viewer` is one more person who may be signed in, `limit` the limits."""

    def make(viewer: Principal | None = None, mode: str = "production", limit: Limit | None = None) -> FastAPI:
        people = PEOPLE | ({viewer.id: viewer} if viewer else {})

        async def signed_in(cookie: str) -> Principal | None:
            return people.get(cookie)

        return create_app(
            "sample",
            [
                api,
                pages,
                stream_router("sample", feed, lambda who, change: change.kind == "open" or who is OFFICER),
            ],
            POLICY,
            settings=Settings(mode=mode),  # type: ignore[arg-type]
            authenticator=Authenticator(holder_of, signed_in, production=mode == "production"),
            templates=[TEMPLATES],
            clock=SetClock(NOON),
            limit=limit,
        )

    return make


@pytest.fixture
def connect() -> Connect:
    """Makes a client of an app; `key` is sent as a bearer."""

    def make(app: FastAPI, key: str | None = None, language: str = "en") -> httpx.AsyncClient:
        headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {key}"} if key else {})
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000", headers=headers)

    return make


@pytest.fixture
async def shop(app_of: AppOf, connect: Connect) -> AsyncIterator[httpx.AsyncClient]:
    """A system with the scope cases:write, in production."""
    async with connect(app_of(), "system-key") as client:
        yield client


@pytest.fixture
async def agent(app_of: AppOf, connect: Connect) -> AsyncIterator[httpx.AsyncClient]:
    """An agent with an API key, in production."""
    async with connect(app_of(), "agent-key") as client:
        yield client


@pytest.fixture
async def browser(app_of: AppOf, connect: Connect) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on the machine of `ccms up` in which the officer is signed in."""
    async with connect(app_of(OFFICER, "local")) as client:
        client.headers.update({"Accept": "text/html,*/*", "Sec-Fetch-Site": "same-origin"})
        client.cookies.set(session_cookie(False), OFFICER.id)
        yield client


@dataclass
class Heard:
    """What an app has sent so far."""

    status: int | None = None
    body: bytes = b""


class Asgi:
    """Speaks ASGI itself where httpx cannot: bodies that stall, senders that leave, streams that go on."""

    async def __call__(
        self,
        app: FastAPI,
        method: str,
        path: str,
        headers: dict[str, str],
        *,
        leaves: bool = False,
        until: bytes = b"",
    ) -> Heard:
        """Sends headers and never a body; goes away at once (`leaves`) or when `until` was heard."""
        heard, enough = Heard(), asyncio.Event()

        async def receive() -> dict[str, object]:
            if not leaves:
                await enough.wait()
            return {"type": "http.disconnect"}

        async def send(message: MutableMapping[str, Any]) -> None:
            heard.status = message.get("status", heard.status)
            heard.body += message.get("body", b"")
            if until and until in heard.body:
                enough.set()

        await app(scope_of(method, path, headers), receive, send)
        return heard


def scope_of(method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    """An ASGI scope as a server makes it."""
    path, _mark, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 8000),
    }


@pytest.fixture
def asgi() -> Asgi:
    return Asgi()
