"""The page of one card: what is offered to whom, refused forms keep what was typed, two people, the original."""

import re

import httpx
import pytest

from tests.integration.queue.conftest import (
    ADMIN,
    AGENT,
    AUDITOR,
    BURN,
    EMPLOYEE,
    FAULT,
    HR,
    LATE,
    MANAGER,
    OTHER_AGENT,
    OTHER_MANAGER,
    PART,
    QUEUE,
    RUDE,
    WORKER,
    Intake,
    drawn_in,
    offers_in,
    text_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
CAUSE = {"cause": "process", "cause_text": "코팅 온도가 낮았다", "prevention": "온도를 상시 점검한다"}


async def act(client: httpx.AsyncClient, number: str, noun: str, **fields: str) -> httpx.Response:
    """Fill in one form of a card as it is drawn, and send it."""
    page = (await client.get(f"{QUEUE}/{number}")).text
    return await client.post(f"{QUEUE}/{number}/{noun}", data={**drawn_in(page, noun), **fields})


async def page_of(intake: Intake, number: str, who: str) -> str:
    async with intake.browser(who) as client:
        return (await client.get(f"{QUEUE}/{number}")).text


async def test_each_is_offered_what_they_may_do_now_and_nothing_else(intake: Intake) -> None:
    number = (await intake.file(FAULT))["number"]
    offered = {
        who: offers_in(await page_of(intake, number, who)) for who in (AGENT, MANAGER, WORKER, EMPLOYEE, AUDITOR, HR)
    }
    office = {"answer", "acknowledge", "own", "pause", "departments", "override", "withdraw", "refer", "comment"}
    assert offered[AGENT] == office
    assert offered[MANAGER] == office | {"disown"}
    assert offered[WORKER] == {"comment"}
    assert offered[EMPLOYEE] == offered[AUDITOR] == offered[HR] == set()
    assert 'name="prevention"' in await page_of(intake, number, WORKER)
    assert 'name="prevention"' not in await page_of(intake, number, MANAGER)


async def test_what_cannot_be_done_yet_says_what_is_missing(intake: Intake) -> None:
    filed = await intake.file(LATE)
    for subcase in (await read(intake, filed["id"]))["cause_side"]["subcases"]:
        await intake.do(filed["id"], f"/departments/{subcase['department']}/causes", by=subcase["assignee"], **CAUSE)
    page = await page_of(intake, filed["number"], MANAGER)
    refused = re.search(r'data-refused="verify".*?<p class="faint">(.*?)</p>', page, re.DOTALL)
    assert refused
    assert "from which date or lot on the cause is removed" in refused[1]
    assert "verify" not in offers_in(page)


async def read(intake: Intake, id: str) -> dict:  # type: ignore[type-arg]
    async with intake.browser(MANAGER) as client:
        card: dict = (await client.get(f"/api/intake/v1/complaints/{id}")).json()  # type: ignore[type-arg]
    return card


async def test_what_keeps_the_card_open_stands_on_it(intake: Intake) -> None:
    page = text_of(await page_of(intake, (await intake.file(FAULT))["number"], EMPLOYEE))
    assert "Production still owes its cause and prevention." in page
    assert "it has to be resolved, withdrawn or referred" in page


async def test_cause_without_prevention_is_refused_field_by_field_and_keeps_what_was_typed(intake: Intake) -> None:
    number = (await intake.file(FAULT))["number"]
    async with intake.browser(WORKER) as client:
        answer = await act(client, number, "causes", cause="process", cause_text="온도 <낮음>")
    assert answer.status_code == 422
    assert "온도 &lt;낮음&gt;" in answer.text
    assert '<option value="process" selected>' in answer.text
    assert re.search(
        r'name="prevention"[^>]*aria-invalid="true"[^>]*aria-describedby="causes-production-prevention-wrong"',
        answer.text,
    )
    assert 'id="causes-production-prevention-wrong">This field is required.' in answer.text


async def test_cause_and_prevention_are_given_and_the_form_leads_back_to_where_it_stood(intake: Intake) -> None:
    filed = await intake.file(FAULT)
    back = f"{QUEUE}?owes=mine&card={filed['number']}"
    async with intake.browser(WORKER) as client:
        answer = await act(client, filed["number"], "causes", **CAUSE, back=back)
    assert (answer.status_code, answer.headers["location"]) == (303, back)
    page = text_of(await page_of(intake, filed["number"], EMPLOYEE))
    assert "온도를 상시 점검한다" in page
    assert "Production gave its cause" in page


async def test_a_form_that_is_sent_twice_counts_once(intake: Intake) -> None:
    number = (await intake.file(LATE))["number"]
    async with intake.browser(AGENT) as client:
        drawn = drawn_in((await client.get(f"{QUEUE}/{number}")).text, "comments")
        for _ in range(2):
            answer = await client.post(f"{QUEUE}/{number}/comments", data={**drawn, "text": "한 번만"})
            assert answer.status_code == 303
        page = (await client.get(f"{QUEUE}/{number}")).text
    assert page.count("한 번만") == 1


async def test_two_people_are_refused_field_by_field_and_see_what_the_other_wrote(intake: Intake) -> None:
    number = (await intake.file(FAULT))["number"]
    async with intake.browser(MANAGER) as one, intake.browser(OTHER_MANAGER) as two:
        first, second = [(await c.get(f"{QUEUE}/{number}")).text for c in (one, two)]
        mine = {**drawn_in(first, "overrides"), "product_name": "밥솥 A", "lot": "L-1", "reason": "사진으로 확인"}
        theirs = {
            **drawn_in(second, "overrides"),
            "product_name": "밥솥 B",
            "severity": "serious",
            "reason": "전화로 확인",
        }
        assert (await one.post(f"{QUEUE}/{number}/overrides", data=mine)).status_code == 303
        refused = await two.post(f"{QUEUE}/{number}/overrides", data=theirs)
        assert refused.status_code == 409
        page = refused.text
        assert "한서윤 changed this to “밥솥 A”" in page
        assert re.search(r'name="product_name"[^>]*value="밥솥 B"[^>]*aria-invalid', page)
        assert '<p class="said">밥솥 A</p>' in page
        assert "전화로 확인" in page
        again = {**drawn_in(page, "overrides"), "product_name": "밥솥 B", "severity": "serious", "reason": "서로 확인"}
        assert (await two.post(f"{QUEUE}/{number}/overrides", data=again)).status_code == 303
        card = (await one.get(f"/api/intake/v1/complaints/{number}")).json()
    assert (card["product_name"], card["lot"], card["severity"]) == ("밥솥 B", "L-1", "serious")


async def test_fields_that_nobody_else_wrote_are_merged(intake: Intake) -> None:
    number = (await intake.file(FAULT))["number"]
    async with intake.browser(MANAGER) as one, intake.browser(OTHER_MANAGER) as two:
        first, second = [drawn_in((await c.get(f"{QUEUE}/{number}")).text, "overrides") for c in (one, two)]
        await one.post(f"{QUEUE}/{number}/overrides", data={**first, "lot": "L-9", "reason": "로트 확인"})
        merged = await two.post(f"{QUEUE}/{number}/overrides", data={**second, "severity": "serious", "reason": "중대"})
        assert merged.status_code == 303
        card = (await one.get(f"/api/intake/v1/complaints/{number}")).json()
    assert (card["lot"], card["severity"]) == ("L-9", "serious")


async def test_whoever_else_has_the_card_open_is_named(intake: Intake) -> None:
    filed = await intake.file(LATE)
    async with intake.browser(AGENT) as one, intake.browser(OTHER_AGENT) as two:
        alone = await one.post(f"{QUEUE}/{filed['id']}/presence", data={"doing": "editing"})
        assert text_of(alone.text) == ""
        told = text_of((await two.post(f"{QUEUE}/{filed['id']}/presence", data={"doing": "reading"})).text)
    assert told == "진서호 is writing in this card."


async def test_an_answer_is_drafted_sent_and_accepted_and_masked_on_the_card(intake: Intake) -> None:
    number = (await intake.file(LATE))["number"]
    async with intake.browser(AGENT) as client:
        text = "홍길동님, 010-9876-5432로 안내드린 대로 환불합니다."
        draft = await act(client, number, "answers", stage="final", text=text, remedies="refund")
        assert draft.status_code == 303
        assert "010-9876-5432" in (await client.get(f"{QUEUE}/{number}")).text  # the draft as it was really written
        sent = await act(client, number, "answers", stage="final", text=text, remedies="refund", send="true")
        assert sent.status_code == 303
        page = (await client.get(f"{QUEUE}/{number}")).text
        assert "010-9876-5432" not in page
        assert "accept" in offers_in(page)
        await act(client, number, "resolutions", text="11월 22일 전화로 수락")
        assert "Resolved" in text_of((await client.get(f"{QUEUE}/{number}")).text)


async def test_a_part_of_the_page_is_drawn_for_htmx_with_the_refusal_in_its_place(intake: Intake) -> None:
    number = (await intake.file(LATE))["number"]
    async with intake.browser(AGENT) as client:
        drawn = drawn_in((await client.get(f"{QUEUE}/{number}")).text, "pauses")
        wrong = await client.post(f"{QUEUE}/{number}/pauses", data=drawn, headers=PART)
        assert (wrong.status_code, wrong.headers["HX-Retarget"]) == (422, "#card")
        assert "<html" not in wrong.text
        done = await client.post(f"{QUEUE}/{number}/pauses", data={**drawn, "reason": "사진을 기다림"}, headers=PART)
        assert done.status_code == 200
        assert "card:done" in done.headers["HX-Trigger-After-Settle"]
        assert "Clocks stand still." in done.text


async def test_the_original_is_shown_once_for_a_reason_and_the_auditor_finds_the_look(intake: Intake) -> None:
    body = "010-1234-5678 번으로 전화 주세요. 배송이 안 와요."
    number = (await intake.file(body, contact={"name": "홍길동"}))["number"]
    async with intake.browser(AGENT) as client:
        page = (await client.get(f"{QUEUE}/{number}")).text
        assert "1234-5678" not in page
        refused = await act(client, number, "disclosures")
        assert (refused.status_code, "1234-5678" in refused.text) == (422, False)
        shown = await act(client, number, "disclosures", purpose="배송지 확인 전화")
        assert ("1234-5678" in shown.text, "홍길동" in shown.text) == (True, True)
        assert shown.headers["cache-control"] == "no-store"
        assert "1234-5678" not in (await client.get(f"{QUEUE}/{number}")).text
    async with intake.browser(AUDITOR) as auditor:
        log = text_of((await auditor.get("/intake/accesses")).text)
        assert "배송지 확인 전화" in log
        seen = await act(auditor, number, "disclosures", purpose="분기 점검 표본")
        assert ("1234-5678" in seen.text, "홍길동" in seen.text) == (True, False)


@pytest.mark.parametrize("who", [EMPLOYEE, WORKER, HR, ADMIN])
async def test_nobody_else_asks_for_the_original(intake: Intake, who: str) -> None:
    number = (await intake.file(LATE))["number"]
    async with intake.browser(who) as client:
        answer = await client.post(f"{QUEUE}/{number}/disclosures", data={"purpose": "궁금해서 봅니다"})
    assert answer.status_code == 403


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
