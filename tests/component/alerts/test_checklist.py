"""What has to be done about an issue, by whom and until when, and who is told when it is late."""

from datetime import timedelta

import pytest

from services.alerts.domain.acting import AlreadySettled, NotSettled, NotYours, UndoneBefore
from services.alerts.domain.issue import Issue
from services.alerts.domain.judging import NotReadyToClose
from services.alerts.handlers.checklist import complete_item, skip_item, undo_item
from services.alerts.handlers.complaints import weigh_complaint
from services.alerts.handlers.judging import close_issue, lower_issue
from services.alerts.presenting.rows import row_of
from services.alerts.presenting.speaker import Speaker
from shared.contracts.issue import IssueProgressed
from shared.errors import NotFound, StaleVersion
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    BURN,
    CCO,
    CS_MANAGER,
    OFFICER,
    ORGANISATION,
    OTHER_OFFICER,
    RULES,
    WORKER,
    a_burn,
    a_complaint,
    a_desk,
    late_deliveries,
    let_time_pass,
    messages,
    story,
)


def states(issue: Issue) -> dict[str, str]:
    return {item.id: item.state for item in issue.items}


async def done(desk: Desk, issue: Issue, item: str) -> None:
    await desk.handle(complete_item, issue.id, item, None, None, None, by=OFFICER)


async def test_a_step_brings_its_actions_with_who_and_until_when() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    stop = issue.items[0]
    assert [item.id for item in issue.items] == [action.id for action in RULES.playbook.rule(3).actions]
    assert (stop.role, stop.due_at - desk.now, stop.text["ko"]) == (
        "safety_officer",
        timedelta(minutes=30),
        "즉시 판매와 출고를 멈춘다",
    )


async def test_those_responsible_are_told_once_with_the_number_of_their_actions() -> None:
    desk = a_desk()
    await a_burn(desk)
    told = {message.person: message.count for message in messages(desk, "actions")}
    assert told[OFFICER.id] == told[OTHER_OFFICER.id] == 2
    assert told[CS_MANAGER.id] == told[CCO.id] == 1
    assert WORKER.id not in told


async def test_what_was_done_says_who_and_with_what_proof() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await desk.handle(complete_item, issue.id, "stop-sale", "전 매장 공지", "문서 2026-118", None, by=OFFICER)
    item = issue.items[0]
    assert (item.state, item.by, item.note, item.evidence) == ("done", OFFICER.id, "전 매장 공지", "문서 2026-118")
    (told,) = desk.emitted(IssueProgressed)
    assert (told.action, told.state, told.done, told.actions) == ("stop-sale", "done", 1, 4)


async def test_a_note_holds_no_phone_number() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await desk.handle(complete_item, issue.id, "stop-sale", "고객 010-1234-5678 통화", None, None, by=OFFICER)
    assert "1234" not in (issue.items[0].note or "")


async def test_skipping_says_why() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await desk.handle(skip_item, issue.id, "look-after-victims", "다친 사람이 없음을 확인", None, by=CS_MANAGER)
    assert states(issue)["look-after-victims"] == "skipped"
    assert issue.items[1].note == "다친 사람이 없음을 확인"


async def test_an_action_belongs_to_its_role_and_to_those_who_decide() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    with pytest.raises(NotYours):
        await desk.handle(complete_item, issue.id, "report-to-ceo", None, None, None, by=WORKER)
    await desk.handle(complete_item, issue.id, "report-to-ceo", None, None, None, by=CCO)
    await desk.handle(complete_item, issue.id, "look-after-victims", None, None, None, by=OFFICER)
    assert list(states(issue).values()).count("done") == 2


async def test_what_is_settled_is_not_settled_twice() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await done(desk, issue, "stop-sale")
    with pytest.raises(AlreadySettled):
        await done(desk, issue, "stop-sale")


async def test_two_people_at_one_action_are_told_apart_and_other_actions_are_in_nobodys_way() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await done(desk, issue, "stop-sale")
    with pytest.raises(StaleVersion):
        await desk.handle(skip_item, issue.id, "stop-sale", "필요 없음", 0, by=OTHER_OFFICER)
    await desk.handle(skip_item, issue.id, "check-statutory-deadlines", "대상 아님", 0, by=OTHER_OFFICER)


async def test_taking_back_needs_something_to_take_back_and_happens_once() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    with pytest.raises(NotSettled):
        await desk.handle(undo_item, issue.id, "stop-sale", "잘못 누름", None, by=OFFICER)
    await done(desk, issue, "stop-sale")
    await desk.handle(undo_item, issue.id, "stop-sale", "다른 제품의 것", None, by=OFFICER)
    assert states(issue)["stop-sale"] == "open"
    await done(desk, issue, "stop-sale")
    with pytest.raises(UndoneBefore):
        await desk.handle(undo_item, issue.id, "stop-sale", "다시", None, by=OFFICER)
    assert [told.state for told in desk.emitted(IssueProgressed)] == ["done", "open", "done"]
    assert story(desk, issue)[-3:] == ["action_done", "action_undone", "action_done"]


async def test_there_is_no_other_action() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    with pytest.raises(NotFound):
        await done(desk, issue, "sing-a-song")


async def test_a_higher_step_adds_its_actions_and_leaves_what_was_done() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk)
    await desk.handle(complete_item, issue.id, "ask-for-cause", None, None, None, by=CS_MANAGER)
    await late_deliveries(desk, 45)
    assert issue.step == 2
    assert states(issue) == {
        "ask-for-cause": "done",
        "review-recent": "open",
        "decide-hold": "open",
        "secure-samples": "open",
        "tell-agents": "open",
    }


async def test_an_action_that_is_late_goes_to_those_responsible_and_those_above() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await let_time_pass(desk, timedelta(minutes=31))
    late = [item.id for item in issue.items if item.overdue]
    told = {message.person for message in messages(desk, "action_overdue")}
    assert late == ["stop-sale"]
    assert {OFFICER.id, OTHER_OFFICER.id, CCO.id, "p-037"} <= told
    assert CS_MANAGER.id not in told
    assert story(desk, issue)[-1] == "action_overdue"


async def test_the_board_counts_what_is_late_until_it_is_done() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await let_time_pass(desk, timedelta(minutes=61))
    speaker = Speaker(RULES, ORGANISATION, "ko", WORKER)
    assert row_of(issue, speaker, desk.now).late == 3
    await done(desk, issue, "stop-sale")
    row = row_of(issue, speaker, desk.now)
    assert (row.late, row.done, row.actions) == (2, 1, 4)


async def test_what_was_done_in_time_alarms_nobody() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    for item in [item.id for item in issue.items]:
        await done(desk, issue, item)
    await let_time_pass(desk, timedelta(days=1))
    assert not messages(desk, "action_overdue")


async def test_being_late_is_said_once() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await let_time_pass(desk, timedelta(days=30))
    assert story(desk, issue).count("action_overdue") == len(issue.items)


async def test_a_closed_issue_is_never_late() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    for item in [item.id for item in issue.items]:
        await desk.handle(skip_item, issue.id, item, "오경보", None, by=OFFICER)
    await desk.handle(close_issue, issue.id, "false_alarm", "오경보", None, by=OFFICER)
    await let_time_pass(desk, timedelta(days=1))
    assert not messages(desk, "action_overdue")


async def test_the_nearest_deadline_is_that_of_whatever_is_due_first() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    (issue,) = desk.stored(Issue)
    assert issue.call is not None
    assert issue.due_at == issue.call.acknowledge_by
    issue.call.answer(OFFICER.id, desk.now)
    assert issue.due_at == issue.items[0].due_at


async def test_lowering_lets_open_actions_of_the_higher_step_lapse_and_asks_for_those_of_the_lower() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await done(desk, issue, "stop-sale")
    await desk.handle(lower_issue, issue.id, 1, "실제 화상은 없음", None, by=OFFICER)
    assert states(issue) == {"stop-sale": "done", "ask-for-cause": "open", "review-recent": "open"}
    with pytest.raises(NotReadyToClose):
        await desk.handle(close_issue, issue.id, "false_alarm", "실제 화상은 없음", None, by=OFFICER)
    await desk.handle(weigh_complaint, a_complaint(BURN))
    assert issue.step == 3
    assert states(issue)["stop-sale"] == "done"
    assert list(states(issue).values()).count("open") == 5
