"""How large and how slow a request may be; nothing beyond the limit is read."""

from collections.abc import AsyncIterator

import httpx
import pytest

from shared.web.limits import Limit
from tests.component.web.conftest import AppOf, Asgi, Connect

CASES = "/api/sample/v1/cases"
JSON = {"Content-Type": "application/json"}
TEN_MB = 10 * 1024 * 1024


class Upload:
    """A body in pieces that notes how much of it was asked for."""

    def __init__(self, piece: bytes, count: int) -> None:
        self._piece, self._count = piece, count
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _number in range(self._count):
            self.taken += len(self._piece)
            yield self._piece


async def test_a_body_of_10_mb_is_refused_unread(shop: httpx.AsyncClient) -> None:
    upload = Upload(b"x" * 65536, TEN_MB // 65536)
    answer = await shop.post(CASES, content=upload, headers=JSON | {"Content-Length": str(TEN_MB)})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")
    assert "1024 KiB" in answer.json()["detail"]
    assert answer.headers["connection"] == "close"
    assert upload.taken == 0


async def test_a_chunked_body_is_refused_at_the_limit(shop: httpx.AsyncClient) -> None:
    upload = Upload(b"x" * 65536, TEN_MB // 65536)
    answer = await shop.post(CASES, content=upload, headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")
    assert upload.taken <= 1024 * 1024 + 2 * 65536


@pytest.mark.parametrize("declared", ["-1", "1e3", "٣", "x"])
async def test_a_false_length_does_not_help(shop: httpx.AsyncClient, declared: str) -> None:
    headers = [(b"Content-Type", b"application/json"), (b"Content-Length", declared.encode())]
    answer = await shop.post(CASES, content=Upload(b"x" * 65536, 32), headers=headers)
    assert answer.status_code == 413


async def test_a_form_is_under_the_same_limit(browser: httpx.AsyncClient) -> None:
    piece = b"note=" + b"x" * 65536
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/sample/cases/1/notes", content=Upload(piece, 32), headers=headers)
    assert answer.status_code == 413


async def test_a_long_address_and_large_headers_are_refused(shop: httpx.AsyncClient) -> None:
    long = await shop.get(CASES, params={"q": "x" * 9000})
    assert (long.status_code, long.json()["type"]) == (414, "/problems/address-too-long")
    large = await shop.get(CASES, headers={"X-Large": "x" * 40_000})
    assert (large.status_code, large.json()["type"]) == (431, "/problems/headers-too-large")


async def test_an_endless_handler_ends_in_503(app_of: AppOf, connect: Connect) -> None:
    async with connect(app_of(limit=Limit(seconds=0.05)), "agent-key") as client:
        answer = await client.post("/api/sample/v1/failures/endless")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
    assert answer.headers["retry-after"]


async def test_a_body_that_does_not_arrive_ends_in_408(app_of: AppOf, asgi: Asgi) -> None:
    app = app_of(limit=Limit(seconds=0.05))
    answer = await asgi(app, "POST", CASES, {"content-type": "application/json", "authorization": "Bearer agent-key"})
    assert answer.status == 408
    assert b"/problems/body-too-slow" in answer.body


async def test_a_sender_that_goes_away_is_not_an_error(
    app_of: AppOf, asgi: Asgi, capfd: pytest.CaptureFixture[str]
) -> None:
    headers = {"content-type": "application/json", "authorization": "Bearer agent-key"}
    answer = await asgi(app_of(), "POST", CASES, headers, leaves=True)
    assert answer.status is None
    assert "unexpected" not in "".join(capfd.readouterr())
