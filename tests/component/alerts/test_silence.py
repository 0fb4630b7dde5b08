"""A silence keeps an issue from calling anybody for a while; step 3 is never silent."""

from datetime import timedelta

import pytest

from services.alerts.domain.issue import Issue
from services.alerts.domain.silencing import NeverSilent, NotSilent, NotSoLong, SilentAlready
from services.alerts.handlers.complaints import weigh_complaint
from services.alerts.handlers.judging import end_issue_silence, silence_issue
from shared.contracts.issue import IssueEscalated, IssueSilenced
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    CS_MANAGER,
    LATE,
    RULES,
    a_burn,
    a_complaint,
    a_desk,
    late_deliveries,
    let_time_pass,
    messages,
    story,
)

HOURS = timedelta(hours=8)


def called(issue: Issue) -> str | None:
    return issue.called


async def silent(desk: Desk, issue_id: str, hours: timedelta = HOURS) -> None:
    await desk.handle(silence_issue, issue_id, desk.now + hours, "밤사이 물류사 답을 기다림", None, by=CS_MANAGER)


async def test_a_call_that_is_open_waits_until_the_silence_is_over_and_rings_then() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk)
    await silent(desk, issue.id)
    assert issue.call is not None
    assert issue.call.acknowledge_by == desk.now + HOURS + RULES.playbook.rule(1).patience
    await let_time_pass(desk, timedelta(hours=7))
    assert len(messages(desk, "call")) == 1
    assert called(issue) is None
    await let_time_pass(desk, timedelta(hours=2))
    assert len(messages(desk, "call")) == 2
    assert called(issue) == CS_MANAGER.id
    assert [told.until is None for told in desk.emitted(IssueSilenced)] == [False, True]


async def test_a_step_taken_in_silence_is_shown_and_rings_nobody_before_its_end() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk)
    assert issue.call is not None
    issue.call.answer(CS_MANAGER.id, desk.now)
    await silent(desk, issue.id)
    await late_deliveries(desk, 45)
    (first, second) = desk.emitted(IssueEscalated)
    assert (first.step, first.called, second.step, second.called) == (1, [CS_MANAGER.id], 2, [])
    assert len(messages(desk, "call")) == 1
    await let_time_pass(desk, HOURS)
    assert len(messages(desk, "call")) == 2


async def test_step_3_ends_a_silence_and_rings_at_once() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk)
    await silent(desk, issue.id)
    for _ in range(3):
        await desk.handle(weigh_complaint, a_complaint("배송이 늦었어요", harm={"deaths": 1}))
    other = next(told for told in desk.emitted(IssueEscalated) if told.step == 3)
    assert other.called
    assert issue.silence is not None, "another problem's alarm leaves this silence alone"


async def test_the_next_step_after_a_silent_chain_may_be_step_3_which_rings() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(LATE, harm={"injured": 1}))
    (escalated,) = desk.emitted(IssueEscalated)
    issue_id = escalated.issue_id
    await silent(desk, issue_id, timedelta(hours=1))
    await let_time_pass(desk, timedelta(hours=30))
    assert desk.emitted(IssueEscalated)[-1].step == 3
    assert desk.emitted(IssueEscalated)[-1].called


async def test_step_3_is_never_silenced() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    with pytest.raises(NeverSilent):
        await silent(desk, issue.id)


async def test_a_silence_ends_soon_and_lies_ahead() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk)
    for hours in (timedelta(days=4), timedelta(0), -HOURS):
        with pytest.raises(NotSoLong):
            await silent(desk, issue.id, hours)


async def test_a_person_ends_it_before_its_time_and_the_old_timer_changes_nothing() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk)
    await silent(desk, issue.id)
    with pytest.raises(SilentAlready):
        await silent(desk, issue.id)
    await desk.handle(end_issue_silence, issue.id, None, by=CS_MANAGER)
    assert len(messages(desk, "call")) == 2
    with pytest.raises(NotSilent):
        await desk.handle(end_issue_silence, issue.id, None, by=CS_MANAGER)
    before = story(desk, issue).count("silence_over")
    await desk.handle(silence_issue, issue.id, desk.now + timedelta(hours=20), "다시 멈춤", None, by=CS_MANAGER)
    await let_time_pass(desk, timedelta(hours=12))
    assert issue.silence is not None
    assert story(desk, issue).count("silence_over") == before
