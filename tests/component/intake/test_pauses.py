"""While the customer has to do something, clocks that may pause stand still."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.domain.answering import Reply
from services.intake.domain.clocks import resume, start_first, why_due
from services.intake.domain.complaint import Complaint
from services.intake.domain.entry import Entry
from services.intake.domain.pausing import NothingToWaitFor, NotPaused, PausedAlready
from services.intake.handlers import assigning, customer, customer_side
from services.intake.handlers.answering import write_answer
from shared.contracts.card import ComplaintEscalated
from shared.runtime.clock import KOREA
from tests.component.intake.card_desk import AGENT, MONDAY, RULES, CardDesk, clock, korea


async def test_waiting_for_the_customer_moves_the_end_by_the_working_time_that_passed(desk: CardDesk) -> None:
    complaint = await desk.file()
    resolution, before = clock(complaint, "resolution"), clock(complaint, "resolution").due_at
    await desk.do(customer_side.pause_card, complaint, "영수증 사진을 기다림", by=AGENT)
    assert resolution not in [c for c in complaint.clocks if c.due_at == complaint.due_at]
    desk.now = datetime(2026, 11, 30, 9, 30, tzinfo=KOREA)
    await desk.handle(customer.write_back, complaint.id, "사진 보냅니다. 010-1234-5678")
    assert complaint.pause is None
    assert (korea(before), korea(resolution.due_at)) == ("12-07 18:00", "12-14 18:00")
    assert resolution.paused_minutes == 5 * 9 * 60
    assert why_due(resolution).inputs["paused_minutes"] == 2700
    assert "1234" not in "".join(entry.text or "" for entry in desk.stored(Entry))


async def test_holidays_in_a_pause_add_nothing() -> None:
    desk = CardDesk(datetime(2026, 2, 13, 10, 0, tzinfo=KOREA))
    complaint = await desk.file()
    resolution = clock(complaint, "resolution")
    desk.now = datetime(2026, 2, 13, 18, 0, tzinfo=KOREA)
    await desk.do(customer_side.pause_card, complaint, "연휴 뒤 회신", by=AGENT)
    before = resolution.due_at
    desk.now = datetime(2026, 2, 19, 9, 0, tzinfo=KOREA)
    await desk.do(customer_side.resume_card, complaint, by=AGENT)
    assert resolution.due_at == before


async def test_a_pause_is_begun_and_ended_once_and_for_a_reason(desk: CardDesk) -> None:
    complaint = await desk.file()
    with pytest.raises(NotPaused):
        await desk.do(customer_side.resume_card, complaint, by=AGENT)
    await desk.do(customer_side.pause_card, complaint, "사진을 기다림", by=AGENT)
    with pytest.raises(PausedAlready):
        await desk.do(customer_side.pause_card, complaint, "사진을 기다림", by=AGENT)
    await desk.answer(complaint)
    assert complaint.pause is None
    with pytest.raises(NothingToWaitFor):
        await desk.do(customer_side.pause_card, complaint, "사진을 기다림", by=AGENT)


async def test_what_stands_still_calls_nobody(desk: CardDesk) -> None:
    complaint = await desk.file(kind="inquiry")
    await desk.do(assigning.acknowledge_card, complaint, None, by=AGENT)
    await desk.do(write_answer, complaint, Reply("interim", "알아보는 중입니다."), None, True, by=AGENT)
    await desk.do(customer_side.pause_card, complaint, "주문번호를 기다림", by=AGENT)
    known = len(desk.emitted(ComplaintEscalated))
    await desk.pass_until(MONDAY + timedelta(days=60))
    assert len(desk.emitted(ComplaintEscalated)) == known


async def test_time_that_the_customer_had_to_act_calls_no_level_of_a_clock_that_was_over(desk: CardDesk) -> None:
    """Overdue before the pause: 부서장 and 임원 are called after as much of our own time as ever, not all at once."""
    complaint = await desk.file(kind="inquiry")
    resolution = clock(complaint, "resolution")
    await desk.pass_until(resolution.due_at + timedelta(minutes=30))
    await desk.do(customer_side.pause_card, complaint, "영수증을 기다림", by=AGENT)
    await desk.pass_until(desk.now + timedelta(days=28))
    await desk.do(customer_side.resume_card, complaint, by=AGENT)
    assert _called(desk) == ["assignee", "lead"]
    await desk.pass_until(desk.now + timedelta(days=1))
    assert _called(desk) == ["assignee", "lead", "head"]
    await desk.pass_until(desk.now + timedelta(days=3))
    assert _called(desk) == ["assignee", "lead", "head", "executive"]


def _called(desk: CardDesk) -> list[str]:
    return [event.level for event in desk.emitted(ComplaintEscalated) if event.clock == "resolution"]


whole_minutes = st.integers(0, 400 * 1440).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=KOREA) + timedelta(minutes=minutes)
)


pauses = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 5000)), max_size=4)


@settings(max_examples=80)
@given(filed=whole_minutes, spans=pauses)
def test_a_clock_ends_after_as_much_working_time_as_without_pauses(
    filed: datetime, spans: Sequence[tuple[int, int]]
) -> None:
    """However often it stands still, a clock that was not over leaves as much time to work as was promised."""
    calendar = RULES.card.calendar
    complaint = _bare(filed)
    start_first(complaint, RULES.card, filed)
    resolution = clock(complaint, "resolution")
    promised, now = calendar.business_time_between(filed, resolution.due_at), filed
    stood = timedelta(0)
    for work, wait in spans:
        since = now + timedelta(minutes=work)
        now = since + timedelta(minutes=wait)
        if since < resolution.due_at:
            stood += calendar.business_time_between(since, now)
        resume(complaint, since, now, calendar)
    assert calendar.business_time_between(filed, resolution.due_at) == promised + stood


def _bare(filed: datetime) -> Complaint:
    return Complaint(
        id="c", number="C-2026-000001", kind="complaint", channel="web", title="", body="", language="ko",
        knowledge_at=filed, filed_at=filed, category="quality", category_name={}, severity="minor", complexity="low",
        impact="low", immediate_action=False, confidence=1.0,
    )  # fmt: skip
