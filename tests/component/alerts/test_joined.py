"""What is joined is judged, closed, opened again and split off in whatever order people think of."""

from datetime import timedelta

import pytest

from services.alerts.domain.call import Call
from services.alerts.domain.case import Case
from services.alerts.domain.grouping import NothingChosen
from services.alerts.domain.issue import Issue
from services.alerts.domain.issue import closed as closed_series
from services.alerts.domain.judging import NotReadyToClose
from services.alerts.handlers.calling import acknowledge_issue
from services.alerts.handlers.complaints import follow_classification, weigh_complaint
from services.alerts.handlers.containment import Wanted, confirm_containment, order_containment
from services.alerts.handlers.grouping import join_issues, split_issue
from services.alerts.handlers.judging import close_issue, lower_issue, reopen_issue
from shared.contracts.issue import IssueAcknowledged, IssueEscalated, IssueOpened
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    BURN,
    LATE,
    OFFICER,
    RULES,
    a_complaint,
    a_desk,
    a_reclassification,
    let_time_pass,
    messages,
    step_of,
)

WINDOW = RULES.playbook.recurrence.window


async def about(desk: Desk, product: str, count: int = 1, body: str = LATE, **other: object) -> Issue:
    """The newest issue of a product after so many more complaints."""
    for _ in range(count):
        facts = {"product_code": product, "filed_at": desk.now} | other
        await desk.handle(weigh_complaint, a_complaint(body, **facts))
    return [issue for issue in desk.stored(Issue) if issue.product_code == product][-1]


async def join(desk: Desk, issue: Issue, other: Issue) -> None:
    await desk.handle(join_issues, issue.id, other.id, "같은 원인", None, by=OFFICER)


async def split(desk: Desk, issue: Issue, other: Issue) -> None:
    await desk.handle(split_issue, issue.id, other.id, (), "다른 원인", None, by=OFFICER)


async def close(desk: Desk, issue: Issue) -> None:
    await desk.handle(close_issue, issue.id, "unclear", "끝", None, by=OFFICER)


def open_call(issue: Issue) -> Call:
    assert issue.call is not None
    return issue.call


async def test_what_is_joined_counts_towards_a_step_at_once() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 2), await about(desk, "B", 3)
    await join(desk, one, two)
    assert (one.complaints, one.step, two.state) == (5, 1, "joined")
    (told,) = desk.emitted(IssueEscalated)
    assert (told.issue_id, told.because[0].rule, told.because[0].inputs["complaints"]) == (
        one.id,
        "playbook.repeated",
        5,
    )


async def test_a_call_that_nobody_answered_rings_again_when_it_is_split_off() -> None:
    """Joining is no acknowledgement: who did it by mistake has not said that somebody takes care of the burn."""
    desk = a_desk()
    one, burn = await about(desk, "A"), await about(desk, "B", body=BURN)
    await join(desk, one, burn)
    await desk.handle(acknowledge_issue, one.id, None, None, by=OFFICER)
    await let_time_pass(desk, timedelta(hours=1))
    await split(desk, one, burn)
    assert (burn.state, open_call(burn).rings) == ("open", True)
    assert open_call(burn).acknowledge_by > desk.now
    assert [told.issue_id for told in desk.emitted(IssueAcknowledged)] == [one.id]
    before = len(messages(desk, "call"))
    await let_time_pass(desk, RULES.playbook.rule(3).patience)
    assert len(messages(desk, "call")) == before + 1


async def test_what_fell_due_while_it_was_joined_is_late_once_it_stands_alone() -> None:
    desk = a_desk()
    one, burn = await about(desk, "A"), await about(desk, "B", body=BURN)
    await join(desk, one, burn)
    await let_time_pass(desk, timedelta(days=1))
    assert not any(item.overdue for item in burn.items)
    await split(desk, one, burn)
    await let_time_pass(desk, timedelta(minutes=1))
    assert all(item.overdue for item in burn.items)


async def test_what_was_judged_with_the_whole_is_not_taken_from_what_came_since() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 2), await about(desk, "B", 2)
    await join(desk, one, two)
    await close(desk, one)
    await desk.handle(reopen_issue, one.id, "아직", None, by=OFFICER)
    await about(desk, "A", 4)
    await split(desk, one, two)
    await about(desk, "A", 1)
    assert one.step == 1, "five have come since it was judged"
    await about(desk, "B", 4)
    assert two.step == 0, "what was judged with the whole counts no more"


async def test_lowering_the_whole_judges_its_parts() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 4), await about(desk, "B", 4)
    await join(desk, one, two)
    await desk.handle(lower_issue, one.id, 0, "물류사 파업", None, by=OFFICER)
    await split(desk, one, two)
    await about(desk, "B", 4)
    assert two.step == 0


async def test_a_complaint_that_leaves_a_part_takes_along_what_it_counted_for() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 1), await about(desk, "B", 1)
    for _ in range(2):  # the whole was judged twice, its part never
        await close(desk, one)
        await desk.handle(reopen_issue, one.id, "다시", None, by=OFFICER)
    complaint = a_complaint(LATE, product_code="B", filed_at=desk.now)
    await desk.handle(weigh_complaint, complaint, sequence=1)
    await join(desk, one, two)
    await desk.handle(follow_classification, a_reclassification(complaint, "packaging"), sequence=2)
    await about(desk, "A", 3)
    assert step_of(one) == 0, "four that count: one of B, three of A"
    await about(desk, "A", 1)
    assert step_of(one) == 1


async def test_an_order_of_a_part_keeps_the_whole_open_until_it_is_carried_out() -> None:
    desk = a_desk()
    one, two = await about(desk, "A"), await about(desk, "B")
    await desk.handle(order_containment, two.id, Wanted("stop_sale", [], ["sales"]), by=OFFICER)
    await join(desk, one, two)
    with pytest.raises(NotReadyToClose):
        await close(desk, one)
    order = two.containments[0].id
    await desk.handle(confirm_containment, two.id, order, "sales", None, by=OFFICER)
    await close(desk, one)
    assert one.state == "closed"


async def gone_on(desk: Desk) -> tuple[Issue, Issue, Issue]:
    """A closed whole with a part, whose series has a newer open issue, because its window was over."""
    one, part = await about(desk, "A"), await about(desk, "B")
    await join(desk, one, part)
    await close(desk, one)
    desk.now += WINDOW + timedelta(days=1)
    newer = await about(desk, "B")
    assert newer.id != part.id
    return one, part, newer


def series_of(desk: Desk) -> list[str]:
    return [issue.open_series for issue in desk.stored(Issue) if issue.open_series]


async def test_a_whole_that_is_reopened_leaves_a_series_to_the_newer_issue() -> None:
    desk = a_desk()
    one, part, newer = await gone_on(desk)
    await desk.handle(reopen_issue, one.id, "재조사", None, by=OFFICER)
    assert sorted(series_of(desk)) == sorted({one.series, newer.series})
    assert part.open_series is None
    await about(desk, "B")
    assert (newer.complaints, one.complaints) == (2, 2)
    await close(desk, newer)
    await close(desk, one)
    assert sorted(series_of(desk)) == sorted({closed_series(one.series), closed_series(newer.series)})


async def test_a_straggler_opens_the_whole_and_leaves_a_series_to_the_newer_issue() -> None:
    desk = a_desk()
    one, part, newer = await gone_on(desk)
    await about(desk, "A", filed_at=desk.now - timedelta(days=2))
    assert (one.state, one.complaints) == ("watched", 3)
    assert (part.open_series, newer.open_series) == (None, newer.series)
    assert len(desk.emitted(IssueOpened)) == 3


async def test_closing_a_whole_marks_each_series_once() -> None:
    """The part had been closed, succeeded by a newer closed issue, and reopened by hand before it was joined."""
    desk = a_desk()
    part = await about(desk, "B")
    await close(desk, part)
    desk.now += WINDOW + timedelta(days=1)
    newer = await about(desk, "B")
    await close(desk, newer)
    await desk.handle(reopen_issue, part.id, "옛 이슈를 다시", None, by=OFFICER)
    one = await about(desk, "A")
    await join(desk, one, part)
    await close(desk, one)
    assert sorted(series_of(desk)) == sorted({closed_series(one.series), closed_series(part.series)})


async def test_complaints_of_a_part_are_set_apart_too() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 1), await about(desk, "B", 2)
    await join(desk, one, two)
    of_part = [case.id for case in desk.stored(Case) if case.issue_id == two.id]
    every = tuple(case.id for case in desk.stored(Case))
    with pytest.raises(NothingChosen):
        await desk.handle(split_issue, one.id, None, every, "모두", None, by=OFFICER)
    new = await desk.handle(split_issue, one.id, None, (of_part[0],), "다른 원인", None, by=OFFICER)
    assert (one.complaints, two.complaints, new.complaints) == (2, 1, 1)
