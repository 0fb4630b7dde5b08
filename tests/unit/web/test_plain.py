"""Which endpoints are called directly, and that nobody can tell the difference."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from fastapi.routing import APIRoute

from services.intake.api.complaints import router as complaints
from shared.web.bodies import JsonRoute, created
from shared.web.plain import taker
from shared.web.shapes import In


class Wish(In):
    """A body."""

    words: str


async def asker(request: Request) -> str:
    """Made of the request."""
    return request.headers.get("x-asker", "nobody")


async def polite(name: Annotated[str, Depends(asker)]) -> str:
    """Made of what is made of the request."""
    return f"dear {name}"


async def opened() -> AsyncIterator[str]:
    """Has to be closed again."""
    yield "open"


def slow() -> str:
    """Is run in a thread."""
    return "slow"


async def plain(wish: Wish, request: Request, greeting: Annotated[str, Depends(polite)]) -> Response:
    """Needs nothing of FastAPI."""
    return created(Wish(words=f"{greeting}, {wish.words} at {request.url.path}"), "/wishes/1")


async def with_query(wish: Wish, loud: Annotated[bool, Query()] = False) -> Response:
    raise NotImplementedError


async def with_header(wish: Wish, key: Annotated[str | None, Header()] = None) -> Response:
    raise NotImplementedError


async def with_response(wish: Wish, response: Response) -> Response:
    raise NotImplementedError


async def with_something_to_close(wish: Wish, it: Annotated[str, Depends(opened)]) -> Response:
    raise NotImplementedError


async def with_something_slow(wish: Wish, it: Annotated[str, Depends(slow)]) -> Response:
    raise NotImplementedError


async def with_a_model_as_answer(wish: Wish) -> Wish:
    raise NotImplementedError


async def without_a_body(request: Request) -> Response:
    raise NotImplementedError


OTHERS = (
    with_query, with_header, with_response, with_something_to_close, with_something_slow, with_a_model_as_answer,
    without_a_body,
)  # fmt: skip


def route_of(endpoint: Any, path: str = "/wishes") -> APIRoute:
    router = APIRouter(route_class=JsonRoute)
    router.post(path)(endpoint)
    (route,) = router.routes
    assert isinstance(route, APIRoute)
    return route


@pytest.fixture
def client() -> httpx.AsyncClient:
    router = APIRouter(route_class=JsonRoute)
    router.post("/wishes")(plain)
    app = FastAPI()
    app.include_router(router)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://ccms")


def test_filing_a_complaint_is_called_directly() -> None:
    (filing,) = [r for r in complaints.routes if isinstance(r, APIRoute) and r.methods == {"POST"}]
    assert taker(filing.dependant) is not None


@pytest.mark.parametrize("endpoint", OTHERS)
def test_an_endpoint_for_which_more_has_to_be_found_out_is_left_to_fastapi(endpoint: Any) -> None:
    assert taker(route_of(endpoint).dependant) is None


def test_parts_of_the_path_are_left_to_fastapi() -> None:
    async def one(wish: Wish, number: int) -> Response:
        raise NotImplementedError

    assert taker(route_of(one, "/wishes/{number}").dependant) is None


async def test_it_gets_its_body_and_what_is_made_of_the_request(client: httpx.AsyncClient) -> None:
    answer = await client.post("/wishes", json={"words": "사과"}, headers={"x-asker": "Kim"})
    assert (answer.status_code, answer.headers["location"]) == (201, "/wishes/1")
    assert answer.json() == {"words": "dear Kim, 사과 at /wishes"}


@pytest.mark.parametrize(
    ("address", "body", "where"),
    [
        ("/wishes", '{"words": 5}', ["body", "words"]),
        ("/wishes", '{"words": "사과", "more": 1}', ["body", "more"]),
        ("/wishes?loud=1", '{"words": "사과"}', ["query", "loud"]),
    ],
)
async def test_what_does_not_fit_is_refused_as_everywhere(
    client: httpx.AsyncClient, address: str, body: str, where: list[str]
) -> None:
    answer = await client.post(address, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["detail"]] == [where]
