"""Clocks of a complaint: which run, when they end and why, what meets them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.intake.domain.answering import Reply
from services.intake.domain.clocks import why_due
from services.intake.domain.complaint import Complaint
from services.intake.domain.desk import NEVER
from services.intake.handlers import assigning, customer, customer_side
from services.intake.handlers.answering import write_answer
from services.intake.handlers.cause_side import answer_subcase
from services.intake.handlers.filing import file_complaint
from shared.contracts.card import ClockName, ComplaintOverdue
from shared.runtime.clock import KOREA
from tests.component.intake.card_desk import AGENT, MONDAY, CardDesk, clock, hand_of, korea
from tests.component.intake.test_filing import a_filing


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


@pytest.mark.parametrize("stage", ["interim", "final"])
async def test_what_is_sent_to_the_customer_meets_their_clocks(desk: CardDesk, stage: Any) -> None:
    complaint = await desk.file()
    await desk.do(write_answer, complaint, Reply(stage, "알려 드립니다."), None, True, by=AGENT)
    met = {c.name for c in complaint.clocks if c.met_at}
    assert met == {"first_response", "progress"} | ({"acknowledge", "resolution"} if stage == "final" else set())


async def test_a_refused_answer_has_a_clock_for_its_review(desk: CardDesk) -> None:
    complaint = await desk.answer(await desk.file())
    await desk.handle(customer.refuse_answer, complaint.id, "납득할 수 없음")
    assert korea(clock(complaint, "review").due_at) == "11-30 18:00"


async def test_whoever_gives_a_cause_stops_their_own_clock_only(desk: CardDesk) -> None:
    complaint = await desk.file()
    given = {"cause": "design", "cause_text": "설계", "prevention": "심사"}
    await desk.do(answer_subcase, complaint, "development", given, None, by=hand_of("development"))
    assert clock(complaint, "cause", "development").met_at is not None
    assert clock(complaint, "cause", "production").is_running


async def test_whoever_answered_at_once_has_nothing_left_to_take_in_hand(desk: CardDesk) -> None:
    await desk.answer(await desk.file())
    await desk.pass_until(MONDAY + timedelta(days=4))
    assert [event.clock for event in desk.emitted(ComplaintOverdue)] == []
