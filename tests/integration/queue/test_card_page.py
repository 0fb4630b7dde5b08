"""The page of one card: what is offered to whom, what it says is missing, who else is there."""

import re

import pytest

from tests.integration.queue.conftest import (
    AGENT,
    AUDITOR,
    BURN,
    CAUSE,
    EMPLOYEE,
    FAULT,
    HR,
    LATE,
    MANAGER,
    OTHER_AGENT,
    QUEUE,
    RUDE,
    WORKER,
    Intake,
    offers_in,
    page_of,
    text_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_each_is_offered_what_they_may_do_now_and_nothing_else(intake: Intake) -> None:
    number = (await intake.file(FAULT))["number"]
    offered = {
        who: offers_in(await page_of(intake, number, who)) for who in (AGENT, MANAGER, WORKER, EMPLOYEE, AUDITOR, HR)
    }
    office = {"answer", "acknowledge", "own", "pause", "departments", "override", "withdraw", "refer", "comment"}
    assert offered[AGENT] == office
    assert offered[MANAGER] == office | {"disown"}
    assert offered[WORKER] == {"comment"}
    assert offered[EMPLOYEE] == offered[HR] == {"comment"}
    assert offered[AUDITOR] == set()
    assert 'name="prevention"' in await page_of(intake, number, WORKER)
    assert 'name="prevention"' not in await page_of(intake, number, MANAGER)


async def test_what_cannot_be_done_yet_says_what_is_missing(intake: Intake) -> None:
    filed = await intake.file(LATE)
    for subcase in (await read(intake, filed["id"]))["cause_side"]["subcases"]:
        await intake.do(filed["id"], f"/departments/{subcase['department']}/causes", by=subcase["assignee"], **CAUSE)
    page = await page_of(intake, filed["number"], MANAGER)
    refused = re.search(r'data-refused="verify".*?<p class="faint">(.*?)</p>', page, re.DOTALL)
    assert refused
    assert "from which day on the cause is removed" in refused[1]
    assert "verify" not in offers_in(page)


async def read(intake: Intake, id: str) -> dict:  # type: ignore[type-arg]
    async with intake.browser(MANAGER) as client:
        card: dict = (await client.get(f"/api/intake/v1/complaints/{id}")).json()  # type: ignore[type-arg]
    return card


async def test_what_keeps_the_card_open_stands_on_it(intake: Intake) -> None:
    page = text_of(await page_of(intake, (await intake.file(FAULT))["number"], EMPLOYEE))
    assert "Production still owes its cause and prevention." in page
    assert "it has to be resolved, withdrawn or referred" in page


async def test_whoever_else_has_the_card_open_is_named(intake: Intake) -> None:
    filed = await intake.file(LATE)
    async with intake.browser(AGENT) as one, intake.browser(OTHER_AGENT) as two:
        alone = await one.post(f"{QUEUE}/{filed['id']}/presence", data={"doing": "editing"})
        assert text_of(alone.text) == ""
        told = text_of((await two.post(f"{QUEUE}/{filed['id']}/presence", data={"doing": "reading"})).text)
    assert told == "진서호 is writing in this card."


async def test_a_complaint_about_an_employee_is_not_worked_on_by_who_may_not_read_it(intake: Intake) -> None:
    number = (await intake.file(RUDE, product={}))["number"]
    async with intake.browser(WORKER) as client:
        page = (await client.get(f"{QUEUE}/{number}")).text
        assert offers_in(page) == set()
        assert (await client.post(f"{QUEUE}/{number}/comments", data={"text": "들었습니다"})).status_code == 403
    assert "반말" in await page_of(intake, number, HR)


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_the_page_has_one_heading_and_no_id_twice(intake: Intake, language: str) -> None:
    number = (await intake.file(BURN))["number"]
    for path in (f"{QUEUE}/{number}", f"{QUEUE}?card={number}"):
        async with intake.browser(MANAGER, language) as client:
            page = (await client.get(path)).text
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids))
        assert not re.findall(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", page)


async def test_an_unknown_card_is_a_page_in_words(intake: Intake) -> None:
    async with intake.browser(AGENT) as client:
        answer = await client.get(f"{QUEUE}/C-2020-000001")
    assert (answer.status_code, "There is nothing here" in answer.text) == (404, True)
