"""Clocks of a complaint: when they end and why, who is called, and what makes them stand still."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.domain.answering import Reply
from services.intake.domain.clocks import resume, start_first, why_due
from services.intake.domain.complaint import Complaint
from services.intake.domain.desk import NEVER, look_again_at
from services.intake.domain.entry import Entry
from services.intake.domain.parts import Clock
from services.intake.domain.pausing import NothingToWaitFor, NotPaused, PausedAlready
from services.intake.handlers import assigning, customer, customer_side
from services.intake.handlers.answering import write_answer
from services.intake.handlers.cause_side import answer_subcase
from services.intake.handlers.filing import file_complaint
from shared.contracts.card import ClockName, ComplaintEscalated, ComplaintOverdue
from shared.runtime.clock import KOREA
from tests.component.intake.card_desk import AGENT, MONDAY, RULES, CardDesk, hand_of
from tests.component.intake.test_filing import a_filing


@pytest.fixture
def desk() -> CardDesk:
    return CardDesk()


def clock(complaint: Complaint, name: ClockName, department: str | None = None) -> Clock:
    (found,) = [c for c in complaint.clocks if (c.name, c.department) == (name, department)]
    return found


def korea(moment: datetime) -> str:
    return f"{moment.astimezone(KOREA):%m-%d %H:%M}"


async def test_what_runs_from_filing_on(desk: CardDesk) -> None:
    complaint = await desk.file()
    assert {(c.name, c.department): korea(c.due_at) for c in complaint.clocks} == {
        ("acknowledge", None): "11-23 13:30",
        ("first_response", None): "11-24 18:00",
        ("progress", None): "11-26 18:00",
        ("resolution", None): "12-07 18:00",
        ("cause", "development"): "12-02 18:00",
        ("cause", "production"): "12-02 18:00",
    }
    assert complaint.due_at == clock(complaint, "acknowledge").due_at


async def test_a_due_time_says_from_when_by_which_rule_and_which_days_did_not_count() -> None:
    before_chuseok = datetime(2026, 9, 23, 14, 0, tzinfo=KOREA)
    complaint = await CardDesk(before_chuseok).file()
    because = why_due(clock(complaint, "progress"))
    assert (because.rule, because.threshold) == ("clock.progress", 3)
    assert because.inputs["skipped"] == "2026-09-24, 2026-09-25, 2026-09-26, 2026-09-27"
    assert korea(clock(complaint, "progress").due_at) == "09-30 18:00"


async def test_the_law_for_intermediaries_ends_at_midnight_and_never_pauses(desk: CardDesk) -> None:
    complaint = await desk.file(channel="marketplace")
    progress, resolution = clock(complaint, "progress"), clock(complaint, "resolution")
    assert [korea(c.due_at) for c in (progress, resolution)] == ["11-27 00:00", "12-08 00:00"]
    await desk.do(customer_side.pause_card, complaint, "사진을 기다림", by=AGENT)
    desk.now += timedelta(days=2)
    await desk.do(customer_side.resume_card, complaint, by=AGENT)
    assert [korea(c.due_at) for c in (progress, resolution)] == ["11-27 00:00", "12-08 00:00"]


@pytest.mark.parametrize(
    ("said", "name", "rule"),
    [
        ({"channel": "kca"}, "resolution", "clock.resolution.agency"),
        ({"channel": "1372"}, "resolution", "clock.resolution.agency"),
        ({"kind": "inquiry"}, "resolution", "clock.resolution.inquiry"),
        ({"body": "전기장판에서 불이 나 손에 화상을 입었어요"}, "acknowledge", "clock.acknowledge.urgent"),
    ],
)
async def test_some_have_rules_of_their_own(desk: CardDesk, said: Any, name: ClockName, rule: str) -> None:
    assert clock(await desk.file(**said), name).rule == rule


async def test_imported_history_starts_no_clock(desk: CardDesk) -> None:
    filing = a_filing(knowledge_at="2025-03-03T10:00:00+09:00")

    async def past(uow: Any) -> Complaint:
        return await file_complaint(filing, uow, past=True)

    complaint: Complaint = await desk.handle(past)
    assert (complaint.clocks, complaint.open, complaint.due_at, desk.waiting()) == ([], False, NEVER, [])


async def test_filing_sets_one_timer_and_there_is_never_more_than_one(desk: CardDesk) -> None:
    complaint = await desk.file()
    assert [timer.subject for timer in desk.waiting()] == [complaint.id]
    await desk.do(assigning.acknowledge_card, complaint, None, by=AGENT)
    await desk.do(assigning.override_decision, complaint, {"severity": "critical"}, "화상", None)
    assert len(desk.waiting()) == 1
    assert desk.waiting()[0].due_at == complaint.timer_at
    await desk.pass_until(MONDAY + timedelta(days=40))
    assert len(desk.waiting()) <= 1


async def test_the_person_in_charge_is_warned_then_level_after_level_is_called(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(assigning.acknowledge_card, complaint, None, by=AGENT)
    await desk.answer(complaint)
    await desk.pass_until(MONDAY + timedelta(days=15))
    production = [e for e in desk.emitted(ComplaintEscalated) if e.department == "production"]
    assert [(e.level, e.called) for e in production] == [
        ("assignee", ["p-006"]),
        ("lead", ["p-005"]),
        ("head", ["p-004"]),
        ("executive", ["p-038"]),
    ]
    due = clock(complaint, "cause", "production").due_at
    overdue = [e for e in desk.emitted(ComplaintOverdue) if e.department == "production"]
    assert [(e.clock, e.due_at, e.because[0].rule) for e in overdue] == [("cause", due, "clock.cause")]


async def test_levels_are_called_in_working_time(desk: CardDesk) -> None:
    complaint = await desk.file()
    called: list[tuple[str, str]] = []
    for hour in range(24 * 5):
        known = len(desk.emitted(ComplaintEscalated))
        await desk.pass_until(MONDAY + timedelta(hours=hour))
        told = [e for e in desk.emitted(ComplaintEscalated)[known:] if e.clock == "acknowledge"]
        called += [(e.level, korea(desk.now)[:5]) for e in told]
    assert called == [("assignee", "11-23"), ("lead", "11-23"), ("head", "11-24"), ("executive", "11-26")]
    assert complaint.state == "assigned"


@pytest.mark.parametrize("stage", ["interim", "final"])
async def test_what_is_sent_to_the_customer_meets_their_clocks(desk: CardDesk, stage: Any) -> None:
    complaint = await desk.file()
    await desk.do(write_answer, complaint, Reply(stage, "알려 드립니다."), None, True, by=AGENT)
    met = {c.name for c in complaint.clocks if c.met_at}
    assert met == {"first_response", "progress"} | ({"resolution"} if stage == "final" else set())


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


async def test_a_refused_answer_has_a_clock_for_its_review(desk: CardDesk) -> None:
    complaint = await desk.answer(await desk.file())
    await desk.handle(customer.refuse_answer, complaint.id, "납득할 수 없음")
    assert korea(clock(complaint, "review").due_at) == "11-30 18:00"


async def test_nobody_is_called_about_a_closed_card(desk: CardDesk) -> None:
    inquiry = await desk.resolve(await desk.file(kind="inquiry"))
    assert (inquiry.open, look_again_at(inquiry, RULES.card)) == (False, None)
    await desk.pass_until(MONDAY + timedelta(days=60))
    assert desk.emitted(ComplaintEscalated) == []


async def test_whoever_gives_a_cause_stops_their_own_clock_only(desk: CardDesk) -> None:
    complaint = await desk.file()
    given = {"cause": "design", "cause_text": "설계", "prevention": "심사"}
    await desk.do(answer_subcase, complaint, "development", given, None, by=hand_of("development"))
    assert clock(complaint, "cause", "development").met_at is not None
    assert clock(complaint, "cause", "production").is_running


whole_minutes = st.integers(0, 400 * 1440).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=KOREA) + timedelta(minutes=minutes)
)
pauses = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 5000)), max_size=4)


@settings(max_examples=80, deadline=None)
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
