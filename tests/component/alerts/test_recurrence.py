"""After the end: what further complaints do to a closed issue, and who opens it again."""

from datetime import timedelta

import pytest

from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue
from services.alerts.domain.issue import closed as closed_series
from services.alerts.domain.reopening import NotClosed, SeriesIsOpen
from services.alerts.handlers.complaints import follow_classification, weigh_complaint
from services.alerts.handlers.judging import close_issue, reopen_issue
from shared.contracts.issue import IssueOpened, IssueReopened, IssueShrank
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    BURN,
    LATE,
    OFFICER,
    RULES,
    a_burn,
    a_complaint,
    a_desk,
    a_reclassification,
    closed,
    late_deliveries,
    let_time_pass,
    one_more,
)

WINDOW = RULES.playbook.recurrence.window


async def test_a_further_complaint_within_the_window_opens_the_same_issue_again_and_alarms() -> None:
    desk = a_desk()
    issue = await closed(desk, await late_deliveries_acknowledged(desk))
    desk.now += WINDOW - timedelta(minutes=1)
    await one_more(desk, LATE)
    (issue_now,) = desk.stored(Issue)
    assert (issue_now.id, issue_now.state, issue_now.step) == (issue.id, "open", 1)
    (reopened,) = desk.emitted(IssueReopened)
    assert reopened.because[0].rule == "playbook.recurrence"
    assert reopened.because[0].inputs == {"days": 89}
    assert issue_now.call is not None


async def late_deliveries_acknowledged(desk: Desk) -> Issue:
    issue = await late_deliveries(desk)
    assert issue.call is not None
    issue.call.answer(OFFICER.id, desk.now)
    return issue


async def test_a_burn_after_the_end_goes_to_step_3_again_with_actions_to_be_done_anew() -> None:
    desk = a_desk()
    issue = await closed(desk, await a_burn(desk))
    await one_more(desk)
    assert issue.step == 3
    assert {item.state for item in issue.items} == {"open"}
    assert len(issue.items) == 4
    assert len(issue.checklist) == 8


async def test_after_the_window_it_is_a_new_issue() -> None:
    desk = a_desk()
    old = await closed(desk, await a_burn(desk))
    desk.now += WINDOW + timedelta(minutes=1)
    await one_more(desk)
    assert old.state == "closed"
    assert len(desk.emitted(IssueOpened)) == 2
    assert not desk.emitted(IssueReopened)
    (new,) = [issue for issue in desk.stored(Issue) if issue.id != old.id]
    await desk.handle(weigh_complaint, a_complaint(BURN, filed_at=desk.now))
    assert (old.complaints, new.complaints) == (1, 2)


async def test_what_was_only_watched_is_watched_again() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk, 2)
    await desk.handle(close_issue, issue.id, "unclear", "두 건뿐", None, by=OFFICER)
    await one_more(desk, LATE)
    assert (issue.state, issue.step) == ("watched", 0)


async def test_complaints_before_the_end_count_no_more_towards_a_step() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk, 4)
    await desk.handle(close_issue, issue.id, "unclear", "네 건뿐", None, by=OFFICER)
    await one_more(desk, LATE)
    assert (issue.complaints, issue.step) == (5, 0)
    for _ in range(4):
        await one_more(desk, LATE)
    assert issue.step == 1


async def test_imported_history_of_a_closed_issue_is_counted_and_opens_nothing() -> None:
    desk = a_desk()
    issue = await closed(desk, await a_burn(desk))
    await one_more(desk, imported=True, filed_at=desk.now - timedelta(days=400))
    assert (issue.state, issue.complaints) == ("closed", 2)
    assert not desk.emitted(IssueReopened)


async def test_a_complaint_that_was_filed_before_the_end_and_arrives_late_opens_it_too() -> None:
    """Whoever closed the issue had not seen it."""
    desk = a_desk()
    issue = await closed(desk, await a_burn(desk))
    await one_more(desk, filed_at=desk.now - timedelta(hours=3))
    assert issue.state == "open"


async def test_a_reclassification_takes_a_complaint_out_of_a_closed_issue_and_leaves_it_closed() -> None:
    desk = a_desk()
    complaint = a_complaint(LATE)
    await desk.handle(weigh_complaint, complaint, sequence=1)
    (issue,) = desk.stored(Issue)
    await desk.handle(close_issue, issue.id, "unclear", "끝", None, by=OFFICER)
    await desk.handle(follow_classification, a_reclassification(complaint, "packaging"), sequence=4)
    assert (issue.state, issue.complaints) == ("closed", 0)
    assert len(desk.emitted(IssueShrank)) == 1
    (case,) = desk.stored(Case)
    assert case.issue_id != issue.id


async def test_a_person_reopens_on_the_step_it_had() -> None:
    desk = a_desk()
    issue = await closed(desk, await a_burn(desk))
    await desk.handle(reopen_issue, issue.id, "회수가 덜 됨", None, by=OFFICER)
    assert (issue.state, issue.step) == ("acknowledged", 3)
    (told,) = desk.emitted(IssueReopened)
    assert (told.by, told.reason) == (OFFICER.id, "회수가 덜 됨")
    with pytest.raises(NotClosed):
        await desk.handle(reopen_issue, issue.id, "또", None, by=OFFICER)


async def test_what_fell_due_while_it_was_closed_is_late_when_a_person_reopens_it() -> None:
    desk = a_desk()
    issue = await closed(desk, await late_deliveries_acknowledged(desk))
    await let_time_pass(desk, timedelta(days=2))
    await desk.handle(reopen_issue, issue.id, "아직 늦음", None, by=OFFICER)
    await let_time_pass(desk, timedelta(minutes=1))
    assert [item.id for item in issue.items if item.overdue] == ["review-recent"]


async def test_a_series_is_open_once() -> None:
    desk = a_desk()
    old = await closed(desk, await a_burn(desk))
    desk.now += WINDOW + timedelta(days=1)
    await one_more(desk)
    with pytest.raises(SeriesIsOpen):
        await desk.handle(reopen_issue, old.id, "다시", None, by=OFFICER)


async def test_closing_a_second_issue_of_a_series_leaves_one_that_may_come_back() -> None:
    desk = a_desk()
    old = await closed(desk, await a_burn(desk))
    desk.now += WINDOW + timedelta(days=1)
    new = await closed(desk, await a_burn(desk))
    assert (old.open_series, new.open_series) == (None, closed_series(new.series))
    await desk.handle(reopen_issue, old.id, "옛 이슈를 다시", None, by=OFFICER)
    await desk.handle(close_issue, old.id, "real", "끝", None, by=OFFICER)
    assert [issue.open_series for issue in (old, new)] == [closed_series(old.series), None]
