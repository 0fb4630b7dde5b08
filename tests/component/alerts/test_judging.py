"""People lower and close; what must hold before, and who decided on what they saw."""

from datetime import timedelta

import pytest

from services.alerts.domain.acting import NotLive
from services.alerts.domain.issue import NEVER, Issue
from services.alerts.domain.judging import ChangedSince, NotLower, NotReadyToClose
from services.alerts.handlers.checklist import skip_item
from services.alerts.handlers.complaints import weigh_complaint
from services.alerts.handlers.containment import Wanted, order_containment
from services.alerts.handlers.judging import close_issue, lower_issue, reopen_issue
from shared.contracts.issue import IssueClosed, IssueEscalated, IssueLowered
from tests.component.alerts.sample import (
    BURN,
    OFFICER,
    a_burn,
    a_complaint,
    a_desk,
    closed,
    late_deliveries,
    let_time_pass,
    one_more,
    settle_all,
    step_of,
)


async def test_an_open_call_keeps_an_issue_open() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    (issue,) = desk.stored(Issue)
    with pytest.raises(NotReadyToClose) as refused:
        await desk.handle(close_issue, issue.id, "real", "끝", None, by=OFFICER)
    said = str(refused.value.inputs["missing"].in_("en"))  # type: ignore[attr-defined]
    assert "call" in said
    assert "4 mandatory actions" in said


async def test_an_order_that_is_not_carried_out_keeps_an_issue_open() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await settle_all(desk, issue)
    await desk.handle(order_containment, issue.id, Wanted("stop_sale", [], ["sales"]), by=OFFICER)
    with pytest.raises(NotReadyToClose):
        await desk.handle(close_issue, issue.id, "real", "끝", None, by=OFFICER)


async def test_what_is_not_mandatory_keeps_nothing_open_and_a_skipped_action_counts_as_settled() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk)
    assert issue.call is not None
    issue.call.answer(OFFICER.id, desk.now)
    await desk.handle(skip_item, issue.id, "ask-for-cause", "물류사 파업으로 확인", None, by=OFFICER)
    await desk.handle(close_issue, issue.id, "real", "파업 종료", None, by=OFFICER)
    (told,) = desk.emitted(IssueClosed)
    assert (told.finding, told.complaints, issue.state, issue.due_at) == ("real", 5, "closed", NEVER)


async def test_an_issue_is_closed_once_and_then_stands_still() -> None:
    desk = a_desk()
    issue = await closed(desk, await a_burn(desk))
    for decide, said in ((close_issue, ("real", "끝")), (lower_issue, (1, "낮춤"))):
        with pytest.raises(NotLive):
            await desk.handle(decide, issue.id, *said, None, by=OFFICER)


async def test_who_decides_on_an_older_page_is_refused_and_told_to_look() -> None:
    desk = a_desk()
    issue = await closed(desk, await a_burn(desk))
    before = issue.stage - 1
    await desk.handle(reopen_issue, issue.id, "다시 봄", issue.stage, by=OFFICER)
    with pytest.raises(ChangedSince):
        await desk.handle(close_issue, issue.id, "real", "옛 화면에서 종결", before, by=OFFICER)


async def test_more_complaints_alone_are_no_other_page() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    before = issue.stage
    await one_more(desk)
    await settle_all(desk, issue)
    await desk.handle(close_issue, issue.id, "real", "끝", before, by=OFFICER)


async def test_a_person_lowers_with_a_reason_and_only_downwards() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    for step in (3, 4, -1):
        with pytest.raises(NotLower):
            await desk.handle(lower_issue, issue.id, step, "이유", None, by=OFFICER)
    await desk.handle(lower_issue, issue.id, 1, "실제 화상 아님", None, by=OFFICER)
    (told,) = desk.emitted(IssueLowered)
    assert (told.previous_step, told.step, told.reason, issue.step) == (3, 1, "실제 화상 아님", 1)


async def test_what_was_judged_raises_no_more_but_a_new_burn_does() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await desk.handle(lower_issue, issue.id, 1, "실제 화상 아님", None, by=OFFICER)
    await one_more(desk, "전기장판이 뜨거워서 손을 데일 뻔했어요", category="heat")
    assert step_of(issue) == 1
    await one_more(desk)
    assert step_of(issue) == 3


async def test_lowering_ends_the_call_and_to_zero_it_is_only_watched() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    (issue,) = desk.stored(Issue)
    await desk.handle(lower_issue, issue.id, 0, "시험 접수", None, by=OFFICER)
    assert (issue.state, issue.items) == ("watched", [])
    before = len(desk.emitted(IssueEscalated))
    await let_time_pass(desk, timedelta(days=2))
    assert len(desk.emitted(IssueEscalated)) == before
