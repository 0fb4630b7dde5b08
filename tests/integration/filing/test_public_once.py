"""A form is filed once, whatever is clicked, and belongs to the browser that began it."""

import asyncio

import httpx
import pytest

from tests.integration.filing.conftest import Intake
from tests.integration.filing.visiting import FORM, MILD, filed, receipt_in, say, send, walk

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_second_click_a_reload_and_another_window_get_the_same_number(
    intake: Intake, visitor: httpx.AsyncClient
) -> None:
    await walk(visitor)
    before = await intake.running.mongo.count("complaints", {})
    answers = await asyncio.gather(*(send(visitor) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {303}
    first = receipt_in((await visitor.get("/complaints/done")).text)
    assert (await send(visitor)).status_code == 303
    assert receipt_in((await visitor.get("/complaints/done")).text) == first
    assert await intake.running.mongo.count("complaints", {}) == before + 1


async def test_an_old_form_in_a_second_tab_changes_nothing_and_says_so(
    intake: Intake, visitor: httpx.AsyncClient
) -> None:
    await walk(visitor)
    number, _ = await filed(visitor)
    before = await intake.running.mongo.count("complaints", {})
    old = await say(visitor, "what", body="an old window")
    assert (old.status_code, old.headers["location"]) == (303, "/complaints/done")
    visitor.cookies.delete("ccms_receipt")
    page = await visitor.get("/complaints/done")
    assert (page.status_code, number in page.text) == (409, True)
    assert await intake.running.mongo.count("complaints", {}) == before


async def test_a_new_form_can_be_begun_after_that(visitor: httpx.AsyncClient) -> None:
    await walk(visitor)
    first, _ = await filed(visitor)
    await visitor.post("/complaints/done")
    await visitor.get(FORM)
    await walk(visitor)
    second, _ = await filed(visitor)
    assert first != second


async def test_another_visitors_draft_and_files_are_not_reachable(intake: Intake, visitor: httpx.AsyncClient) -> None:
    await walk(visitor)
    async with intake.client(**{"Sec-Fetch-Site": "same-origin"}) as other:
        assert (await other.get(f"{FORM}/review")).status_code == 303
        assert MILD not in (await other.get(FORM)).text
        other.cookies.set("ccms_draft", "guessed", path="/complaints")
        assert (await other.get(f"{FORM}/review")).status_code == 303


async def test_a_draft_cannot_be_read_in_the_database(intake: Intake, visitor: httpx.AsyncClient) -> None:
    await say(visitor, "kind", kind="complaint")
    await say(visitor, "what", body="비밀스러운 이야기")
    rows = await intake.running.mongo.find("drafts", {})
    assert rows
    assert "비밀".encode() not in b"".join(row["sealed"] for row in rows)
    assert visitor.cookies["ccms_draft"] not in str(rows)


async def test_beginning_anew_deletes_everything(intake: Intake, visitor: httpx.AsyncClient) -> None:
    await walk(visitor)
    before = await intake.running.mongo.count("drafts", {})
    await visitor.post(f"{FORM}/discards")
    assert await intake.running.mongo.count("drafts", {}) == before - 1
    assert MILD not in (await visitor.get(f"{FORM}/what", follow_redirects=True)).text


async def test_a_page_of_another_site_changes_nothing(visitor: httpx.AsyncClient) -> None:
    await walk(visitor)
    for path in (f"{FORM}/filings", f"{FORM}/what", "/complaints/follow", "/complaints/follow/acceptances"):
        answer = await visitor.post(path, headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
        assert answer.status_code == 403, path


async def test_nothing_personal_stands_in_an_address(visitor: httpx.AsyncClient) -> None:
    await walk(visitor)
    answer = await send(visitor)
    assert answer.headers["location"] == "/complaints/done"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "C-2026" not in cookie
