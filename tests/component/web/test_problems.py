"""Refusals are problem details in the reader's language; they say nothing of what was sent."""

import httpx
import pytest

from tests.component.web.conftest import AppOf, Connect
from tests.component.web.sample import SECRET

CASES = "/api/sample/v1/cases"


async def test_a_refusal_of_the_domain_keeps_its_name_status_and_field(agent: httpx.AsyncClient) -> None:
    answer = await agent.post("/api/sample/v1/failures/decided")
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/problems/already-decided",
        "title": "Not possible as things stand",
        "status": 409,
        "detail": "This step was acknowledged already.",
        "errors": [{"field": "step", "message": "This step was acknowledged already."}],
        "correlation_id": answer.headers["x-correlation-id"],
    }


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"headers": {"Accept-Language": "ko-KR,ko;q=0.9,en;q=0.8"}}, "이 단계는 이미 확인되었습니다."),
        ({"headers": {"Accept-Language": "en-GB,en;q=0.9,ko;q=0.8"}}, "This step was acknowledged already."),
        ({"headers": {"Accept-Language": "fr"}}, "이 단계는 이미 확인되었습니다."),
        ({"headers": {"Accept-Language": "en"}, "params": {"lang": "ko"}}, "이 단계는 이미 확인되었습니다."),
        ({"headers": {"Accept-Language": "ko", "Cookie": "lang=en"}}, "This step was acknowledged already."),
        ({"headers": {"Accept-Language": "en", "Cookie": "lang=xx"}}, "This step was acknowledged already."),
    ],
)
async def test_it_speaks_the_readers_language(
    agent: httpx.AsyncClient, how: dict[str, dict[str, str]], expected: str
) -> None:
    answer = await agent.post("/api/sample/v1/failures/decided", **how)  # type: ignore[arg-type]
    assert answer.json()["detail"] == expected


async def test_a_part_that_is_away_says_when_to_try_again(agent: httpx.AsyncClient) -> None:
    answer = await agent.post("/api/sample/v1/failures/away")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")
    assert answer.json()["type"] == "/problems/unavailable"
    assert "7 seconds" in answer.json()["detail"]


@pytest.mark.parametrize("kind", ["broken", "invalid"])
async def test_an_unexpected_error_shows_and_logs_nothing_of_its_inside(
    agent: httpx.AsyncClient, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = await agent.post(f"/api/sample/v1/failures/{kind}")
    assert answer.status_code == 500
    assert answer.json()["type"] == "/problems/internal-error"
    logged = "".join(capfd.readouterr())
    assert "unexpected error" in logged
    assert "sample.py" in logged
    assert SECRET not in answer.text + logged


async def test_an_unknown_address_and_a_wrong_method_are_problems_too(agent: httpx.AsyncClient) -> None:
    missing = await agent.get("/api/sample/v1/nothing")
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/not-found")
    wrong = await agent.delete(CASES + "/1")
    assert (wrong.status_code, wrong.json()["type"]) == (405, "/problems/method-not-allowed")
    assert wrong.headers["allow"] in wrong.json()["detail"]


async def test_a_person_gets_the_refusal_as_a_page(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/sample/refusals", headers={"Accept-Language": "ko"})
    assert answer.status_code == 409
    assert answer.headers["content-type"].startswith("text/html")
    assert "이 단계는 이미 확인되었습니다." in answer.text
    assert answer.headers["x-correlation-id"] in answer.text


async def test_a_part_of_a_page_gets_the_refusal_as_a_notice(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/sample/refusals", headers={"HX-Request": "true", "Accept": "*/*"})
    assert "<html" not in answer.text
    assert "This step was acknowledged already." in answer.text


async def test_a_program_gets_json_wherever_it_asks(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("/sample/nothing")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("sent", ["0123456789abcdef", "3f0c1a52-7b1e-4f6e-9a55-0c6d0a7c0c35"])
async def test_the_callers_correlation_id_is_kept(agent: httpx.AsyncClient, sent: str) -> None:
    answer = await agent.post("/api/sample/v1/failures/decided", headers={"X-Correlation-Id": sent})
    assert answer.json()["correlation_id"] == answer.headers["x-correlation-id"] == sent


@pytest.mark.parametrize("sent", ["01012345678", "a" * 65, "<script>alert(1)</script>", "kim@example.com 0123456789"])
async def test_what_is_no_correlation_id_is_replaced(agent: httpx.AsyncClient, sent: str) -> None:
    answer = await agent.get(CASES, headers={"X-Correlation-Id": sent})
    assert answer.headers["x-correlation-id"] != sent


async def test_a_trace_gives_the_correlation_id(agent: httpx.AsyncClient) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = await agent.get(CASES, headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    assert answer.headers["x-correlation-id"] == trace


async def test_answers_carry_the_security_headers(app_of: AppOf, connect: Connect) -> None:
    for mode, has_hsts in (("production", True), ("local", False)):
        async with connect(app_of(mode=mode)) as client:
            answer = await client.get("/api/sample/v1/nothing")
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert ("strict-transport-security" in answer.headers) is has_hsts


async def test_head_is_get_without_the_body(agent: httpx.AsyncClient) -> None:
    get, head = await agent.get(CASES), await agent.head(CASES)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]
    assert (await agent.head("/api/sample/v1/failures/away")).status_code == 405
