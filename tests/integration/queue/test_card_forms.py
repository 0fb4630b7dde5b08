"""Forms of a card: what was typed is kept, what another wrote is shown, twice counts once."""

import re

import pytest

from tests.integration.queue.conftest import (
    AGENT,
    API,
    CAUSE,
    EMPLOYEE,
    FAULT,
    LATE,
    MANAGER,
    OTHER_MANAGER,
    PART,
    QUEUE,
    WORKER,
    Intake,
    act,
    drawn_in,
    offers_in,
    page_of,
    text_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


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


async def test_who_has_the_work_in_hand_gives_the_cause_whatever_their_role(intake: Intake) -> None:
    """A colleague or a deputy who was never made 담당 of anything."""
    filed = await intake.file(FAULT)
    async with intake.browser(EMPLOYEE) as client:
        refused = await client.post(f"{QUEUE}/{filed['number']}/causes", data={"department": "production", **CAUSE})
    assert refused.status_code == 403
    await intake.do(filed["id"], "/departments/production/assignments", assignee=EMPLOYEE)
    async with intake.browser(EMPLOYEE) as client:
        given = await act(client, filed["number"], "causes", **CAUSE)
        assert given.status_code == 303
        owing = (await client.get(f"{API}/complaints/{filed['id']}")).json()["cause_side"]["owing"]
    assert owing == ["development"]


async def test_a_question_becomes_a_complaint_by_the_form_of_corrections(intake: Intake) -> None:
    number = (await intake.file(FAULT, kind="inquiry"))["number"]
    async with intake.browser(AGENT) as client:
        done = await act(client, number, "overrides", kind="complaint", reason="통화에서 불만으로 확인")
    assert done.status_code == 303
    page = text_of(await page_of(intake, number, AGENT))
    assert "“Question” became “Complaint”" in page
    assert "Cause not known" in page
