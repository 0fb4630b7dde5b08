"""What alarms, how high, and who is called; no broker, no database."""

from datetime import timedelta

import pytest

from services.alerts.domain.calling import AlreadyAcknowledged, NothingToAcknowledge
from services.alerts.domain.issue import Issue
from services.alerts.domain.message import Message
from services.alerts.domain.people import chain as chain_of
from services.alerts.handlers.calling import UNANSWERED, acknowledge_issue, escalate_unanswered
from services.alerts.handlers.complaints import weigh_complaint
from shared.contracts.issue import IssueAcknowledged, IssueEscalated, IssueGrew, IssueOpened
from shared.db.timers import Timer
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    BURN,
    LATE,
    OFFICER,
    ORGANISATION,
    RULES,
    TODAY,
    a_complaint,
    a_desk,
    messages,
    the_issue,
)


async def let_time_run_out(desk: Desk) -> None:
    """Fire the newest timer, as the clockwork does when it is due."""
    timer = [timer for timer in desk.stored(Timer) if timer.kind == UNANSWERED][-1]
    desk.now = timer.due_at
    await desk.handle(escalate_unanswered, timer)


async def test_a_burn_goes_to_step_3_at_once() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    (escalated,) = desk.emitted(IssueEscalated)
    assert escalated.step == 3
    assert "불이 나" in escalated.because[0].words
    assert escalated.acknowledge_by is not None
    assert escalated.acknowledge_by > desk.now


async def test_harm_that_was_stated_needs_no_words() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint("문의드립니다", harm={"injured": 1, "treated": 1}))
    assert the_issue(desk).step == 3


async def test_a_late_delivery_is_watched_and_calls_nobody() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(LATE))
    assert the_issue(desk).state == "watched"
    assert desk.emitted(IssueOpened)
    assert not desk.emitted(IssueEscalated)
    assert not desk.stored(Message)


async def test_the_fifth_late_delivery_of_one_product_calls_for_step_1() -> None:
    desk = a_desk()
    for _ in range(5):
        await desk.handle(weigh_complaint, a_complaint(LATE))
    (escalated,) = desk.emitted(IssueEscalated)
    assert (escalated.step, escalated.because[0].inputs["complaints"]) == (1, 5)
    assert [grew.complaints for grew in desk.emitted(IssueGrew)] == [1, 2, 3, 4, 5]


async def test_other_products_have_issues_of_their_own() -> None:
    desk = a_desk()
    for code in ("A", "B", "A"):
        await desk.handle(weigh_complaint, a_complaint(LATE, product_code=code))
    assert sorted(issue.complaints for issue in desk.stored(Issue)) == [1, 2]


async def test_imported_history_counts_and_alarms_nobody() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN, imported=True))
    assert the_issue(desk).complaints == 1
    assert not desk.emitted(IssueEscalated)
    assert not desk.stored(Timer)


async def test_an_inquiry_opens_no_issue() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN, kind="inquiry"))
    assert not desk.stored(Issue)


async def test_a_step_is_never_lowered() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    for _ in range(60):
        await desk.handle(weigh_complaint, a_complaint(BURN))
    assert the_issue(desk).step == 3
    assert len(desk.emitted(IssueEscalated)) == 1


async def test_when_nobody_acknowledges_the_next_person_is_called() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    chain = chain_of(RULES.playbook, 3, ORGANISATION, TODAY)
    await let_time_run_out(desk)
    first, second = desk.emitted(IssueEscalated)
    assert (first.called, second.called) == ([chain[0]], [chain[1]])
    assert second.because[0].rule == "playbook.unanswered"
    assert {message.person for message in messages(desk, "call")} == set(chain[:2])


async def test_an_acknowledgement_stops_the_countdown() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    await desk.handle(acknowledge_issue, the_issue(desk).id, "판매 중지 지시", None, by=OFFICER)
    await let_time_run_out(desk)
    assert len(desk.emitted(IssueEscalated)) == 1
    (acknowledged,) = desk.emitted(IssueAcknowledged)
    assert acknowledged.by == OFFICER.id
    assert the_issue(desk).state == "acknowledged"


async def test_a_second_acknowledgement_is_refused() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    await desk.handle(acknowledge_issue, the_issue(desk).id, None, None, by=OFFICER)
    with pytest.raises(AlreadyAcknowledged):
        await desk.handle(acknowledge_issue, the_issue(desk).id, None, None, by=OFFICER)


async def test_a_watched_issue_has_nothing_to_acknowledge() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(LATE))
    with pytest.raises(NothingToAcknowledge):
        await desk.handle(acknowledge_issue, the_issue(desk).id, None, None, by=OFFICER)


async def test_when_the_whole_chain_is_silent_the_next_step_is_taken() -> None:
    desk = a_desk()
    for _ in range(5):
        await desk.handle(weigh_complaint, a_complaint(LATE))
    chain = chain_of(RULES.playbook, 1, ORGANISATION, TODAY)
    for _ in chain:
        await let_time_run_out(desk)
    assert the_issue(desk).step == 2


async def test_on_the_last_step_the_chain_begins_anew_and_ends_after_its_rounds() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    rule, chain = RULES.playbook.rule(3), chain_of(RULES.playbook, 3, ORGANISATION, TODAY)
    for _ in range(rule.rounds * len(chain)):
        await let_time_run_out(desk)
    calls = desk.emitted(IssueEscalated)
    assert [call.called[0] for call in calls] == chain * rule.rounds
    issue = the_issue(desk)
    assert issue.call is not None
    assert issue.call.given_up
    assert issue.state == "open"


async def test_an_old_timer_changes_nothing() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    (old,) = [timer for timer in desk.stored(Timer) if timer.kind == UNANSWERED]
    await let_time_run_out(desk)
    before = len(desk.emitted(IssueEscalated))
    desk.now += timedelta(hours=1)
    await desk.handle(escalate_unanswered, old)
    assert len(desk.emitted(IssueEscalated)) == before


async def test_a_fire_long_after_the_acknowledgement_calls_anew() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    await desk.handle(acknowledge_issue, the_issue(desk).id, None, None, by=OFFICER)
    await desk.handle(weigh_complaint, a_complaint(BURN))
    assert the_issue(desk).state == "acknowledged"
    desk.now += RULES.playbook.rule(3).calm
    await desk.handle(weigh_complaint, a_complaint(BURN))
    assert the_issue(desk).state == "open"
    assert len(desk.emitted(IssueEscalated)) == 2
    assert len(messages(desk, "call")) == 2


async def test_a_fire_in_a_product_that_is_not_named_is_an_issue_of_its_own() -> None:
    desk = a_desk()
    for _ in range(2):
        await desk.handle(weigh_complaint, a_complaint(BURN, product_code=None, product_name=None))
    assert [issue.complaints for issue in desk.stored(Issue)] == [1, 1]


async def test_graver_words_win_over_harm_that_was_stated() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint("보일러가 폭발해서 크게 다쳤습니다", harm={"injured": 1}))
    assert the_issue(desk).step == 3


def test_times_are_whole_milliseconds_because_mongodb_keeps_no_finer_ones() -> None:
    """A timer knows its call by its time: a finer one would never match what was read back."""
    rule = RULES.playbook.rule(3).model_copy(update={"acknowledge_within": 1.0004567, "call_again_after": 2.0004567})
    assert (rule.patience, rule.calm) == (timedelta(seconds=1), timedelta(seconds=2))
