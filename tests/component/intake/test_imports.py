"""Past cases: counted and learned from like any complaint, and nobody hears of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.intake.domain.acceptance import InTheFuture
from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing
from services.intake.handlers.imports import file_past_complaint
from services.intake.repository.uow import IntakeUow
from services.intake.service import rules_of
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated
from shared.db.timers import Timer
from shared.runtime.clock import KOREA
from shared.runtime.settings import Settings
from shared.testing.fake import NOON, Desk

RULES = rules_of(Settings(mode="local"))
BURN = "전기장판에서 불이 나 손에 화상을 입었어요"
THEN = datetime(2019, 3, 5, 14, 30, tzinfo=KOREA)


def a_desk() -> Desk:
    return Desk(IntakeUow, RULES)


async def past(desk: Desk, body: str = BURN, **other: Any) -> Complaint:
    filing = Filing.model_validate({"body": body} | other, strict=False)
    complaint: Complaint = await desk.handle(file_past_complaint, filing)
    return complaint


async def test_a_past_case_is_classified_like_any_other() -> None:
    complaint = await past(a_desk(), knowledge_at=THEN)
    assert (complaint.severity, bool(complaint.because), bool(complaint.departments)) == ("critical", True, True)


async def test_others_hear_that_it_is_imported_and_of_no_work() -> None:
    desk = a_desk()
    await past(desk, knowledge_at=THEN)
    assert {type(event) for event in desk.told} == {ComplaintCreated, ComplaintClassified}
    (created,) = desk.emitted(ComplaintCreated)
    assert created.imported


async def test_it_is_over_and_nothing_waits_for_anybody() -> None:
    desk = a_desk()
    complaint = await past(desk, knowledge_at=THEN)
    assert complaint.state == "resolved"
    assert desk.stored(Timer) == []
    assert (complaint.open, complaint.waits_for, complaint.people, complaint.clocks) == (False, [], [], [])


@pytest.mark.parametrize(
    ("said", "filed_at"),
    [
        ({"knowledge_at": THEN}, THEN),
        ({"occurred_at": THEN}, THEN),
        ({"occurred_at": THEN - timedelta(days=9), "knowledge_at": THEN}, THEN),
        ({}, NOON),
    ],
)
async def test_it_is_filed_when_the_company_knew_else_when_it_happened(
    said: dict[str, Any], filed_at: datetime
) -> None:
    complaint = await past(a_desk(), **said)
    assert (complaint.filed_at, complaint.knowledge_at) == (filed_at, filed_at)


async def test_its_number_is_of_its_own_year() -> None:
    desk = a_desk()
    numbers = [(await past(desk, knowledge_at=moment)).number for moment in (THEN, THEN, NOON)]
    assert numbers == ["C-2019-000001", "C-2019-000002", "C-2026-000001"]


async def test_a_past_case_cannot_lie_in_the_future() -> None:
    with pytest.raises(InTheFuture):
        await past(a_desk(), knowledge_at=NOON + timedelta(days=1))
