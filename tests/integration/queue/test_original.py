"""What a customer really wrote is shown once, for a reason, to those who may ask for it."""

import pytest

from tests.integration.queue.conftest import (
    ADMIN,
    AGENT,
    AUDITOR,
    EMPLOYEE,
    HR,
    LATE,
    QUEUE,
    WORKER,
    Intake,
    act,
    text_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
