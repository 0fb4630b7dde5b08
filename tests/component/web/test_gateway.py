"""Several services under one address: each path to its owner, started in order, stopped in reverse."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from shared.identity.policy import PUBLIC, Rule
from shared.runtime.settings import Settings
from shared.web.app import Lifespan, create_app
from shared.web.authentication import Authenticator
from shared.web.gateway import Gateway
from shared.web.probes import Probes

Diary = list[str]


async def nobody(_key: str) -> None:
    return None


def lifespan_of(name: str, diary: Diary, fails: bool = False) -> Lifespan:
    @asynccontextmanager
    async def live(_app: FastAPI) -> AsyncIterator[None]:
        if fails:
            raise RuntimeError(f"{name} has no database")
        diary.append(f"{name} starts")
        yield
        diary.append(f"{name} stops")

    return live


def service(name: str, diary: Diary, *paths: str, fails: bool = False) -> FastAPI:
    router = APIRouter()

    async def who() -> str:
        return name

    for path in paths:
        router.add_api_route(path, who, methods=["GET"])
    return create_app(
        name,
        [router],
        [Rule("GET", path, PUBLIC) for path in paths],
        settings=Settings(),
        authenticator=Authenticator(nobody),
        lifespan=lifespan_of(name, diary, fails),
    )


def gateway(diary: Diary, fails: str = "") -> Gateway:
    intake = service("intake", diary, "/api/intake/v1/x", "/intake", "/intake/x", "/complaints/new")
    alerts = service("alerts", diary, "/api/alerts/v1/x", "/alerts", fails=fails == "alerts")
    return Gateway({"intake": intake, "alerts": alerts}, service("home", diary, "/"), {"complaints": intake})


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("/", "home"),
        ("/alerts", "alerts"),
        ("/api/alerts/v1/x", "alerts"),
        ("/intake", "intake"),
        ("/intake/x", "intake"),
        ("/api/intake/v1/x", "intake"),
        ("/complaints/new", "intake"),
    ],
)
async def test_each_path_goes_to_its_owner(path: str, owner: str) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(gateway([])), base_url="http://localhost") as client:
        assert (await client.get(path)).json() == owner


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/nothing/v1/x", "/api", "/intakes", "/alerts/x", "/live", "//alerts"]
)
async def test_an_unknown_path_is_a_problem_or_a_page(path: str) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(gateway([])), base_url="http://localhost") as client:
        program = await client.get("http://localhost" + path)
        person = await client.get("http://localhost" + path, headers={"Accept": "text/html"})
    assert (program.status_code, program.headers["content-type"]) == (404, "application/problem+json")
    assert person.status_code == 404
    assert ("<html" in person.text) is not path.startswith("/api/")


async def live_through(app: Gateway) -> list[str]:
    """The lifespan as a server drives it; what the app says of it."""
    told = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    said: list[str] = []

    async def receive() -> dict[str, str]:
        return next(told)

    async def send(message: object) -> None:
        said.append(f"{message['type']} {message.get('message', '')}".strip())  # type: ignore[index, attr-defined]

    await app({"type": "lifespan"}, receive, send)
    return said


async def test_services_start_in_order_and_stop_in_reverse() -> None:
    diary: Diary = []
    assert await live_through(gateway(diary)) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    starts = ["intake starts", "alerts starts", "home starts"]
    assert diary == [*starts, "home stops", "alerts stops", "intake stops"]


async def test_when_one_does_not_start_those_before_it_stop() -> None:
    diary: Diary = []
    with pytest.raises(RuntimeError, match="no database"):
        await live_through(gateway(diary, fails="alerts"))
    assert diary == ["intake starts", "intake stops"]


@pytest.mark.parametrize(("well", "status"), [(True, 200), (False, 503)])
async def test_probes_say_which_part_is_not_well(well: bool, status: int) -> None:
    probes = Probes(gateway([]), live=lambda: {"poll": True}, ready=lambda: {"mongo": well, "kafka": True})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(probes), base_url="http://localhost") as client:
        assert (await client.get("/live")).status_code == 200
        ready = await client.get("/ready")
        metrics = (await client.get("/metrics")).text
        assert (await client.get("/alerts")).json() == "alerts"
    assert (ready.status_code, ready.json()) == (
        status,
        {"well": well, "parts": {"mongo": well, "kafka": True}},
    )
    assert "ccms_http_seconds" in metrics


async def test_requests_are_measured_by_route_never_by_address() -> None:
    probes = Probes(gateway([]), live=dict, ready=dict)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(probes), base_url="http://localhost") as client:
        await client.get("/alerts", params={"q": "홍길동"})
        await client.get("/alerts/010-1234-5678")
        metrics = (await client.get("/metrics")).text
    assert 'route="/alerts",service="alerts",status="200"' in metrics
    assert "010-1234" not in metrics
