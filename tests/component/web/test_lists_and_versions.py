"""Lists come in pages that neither repeat nor hide; versions keep two people from overwriting each other."""

import httpx
import pytest

from tests.component.web.sample import CASES as COUNT

CASES = "/api/sample/v1/cases"


async def test_the_pages_together_are_the_list(agent: httpx.AsyncClient) -> None:
    seen: list[int] = []
    after: str | None = ""
    while after is not None:
        answer = await agent.get(CASES, params={"limit": 50} | ({"after": after} if after else {}))
        page = answer.json()
        seen += page["items"]
        after = page["next"]
    assert seen == list(range(COUNT))


async def test_fifty_is_usual(agent: httpx.AsyncClient) -> None:
    assert len((await agent.get(CASES)).json()["items"]) == 50


@pytest.mark.parametrize("limit", ["0", "201", "-1", "ten", "1.5"])
async def test_a_limit_out_of_bounds_is_named(agent: httpx.AsyncClient, limit: str) -> None:
    answer = await agent.get(CASES, params={"limit": limit})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["limit"]


def flipped(text: str) -> str:
    return text[:-2] + ("A" if text[-2] != "A" else "B") + text[-1]


@pytest.mark.parametrize(
    "change", [flipped, lambda text: text[1:], lambda text: text + "A", lambda _: "bm8", lambda _: "한"]
)
async def test_a_cursor_that_was_touched_is_refused_by_name(agent: httpx.AsyncClient, change: object) -> None:
    good = (await agent.get(CASES)).json()["next"]
    answer = await agent.get(CASES, params={"after": change(good)})  # type: ignore[operator]
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-cursor")
    assert answer.json()["errors"][0]["field"] == "after"


async def test_a_version_is_sent_and_known_again(agent: httpx.AsyncClient) -> None:
    first = await agent.get(CASES + "/1")
    assert first.headers["etag"] == '"7"'
    for known in ('"7"', 'W/"7"', '"6", "7"'):
        again = await agent.get(CASES + "/1", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", '"7"')
    other = await agent.get(CASES + "/1", headers={"If-None-Match": '"6"'})
    assert other.status_code == 200


@pytest.mark.parametrize(("expected", "status"), [('"7"', 200), ("*", 200), (None, 200), ('"6"', 412), ("7", 412)])
async def test_a_change_of_an_old_version_is_refused(
    agent: httpx.AsyncClient, expected: str | None, status: int
) -> None:
    headers = {"If-Match": expected} if expected else {}
    answer = await agent.put(CASES + "/1", json={"body": "x"}, headers=headers)
    assert answer.status_code == status
    if status == 412:
        assert answer.json()["type"] == "/problems/stale-version"


async def test_what_is_not_there_is_404(agent: httpx.AsyncClient) -> None:
    answer = await agent.get(CASES + "/none")
    assert (answer.status_code, answer.json()["detail"]) == (
        404,
        "There is nothing here under this name or number.",
    )
