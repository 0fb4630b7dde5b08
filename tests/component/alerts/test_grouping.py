"""Issues are joined because they are one problem and split because they are not, each undoing the other."""

import pytest

from services.alerts.domain.acting import NotLive
from services.alerts.domain.case import Case
from services.alerts.domain.grouping import HasJoined, NothingChosen, NotJoined, SameIssue
from services.alerts.domain.issue import Issue
from services.alerts.handlers.complaints import follow_classification, weigh_complaint
from services.alerts.handlers.grouping import join_issues, split_issue
from services.alerts.handlers.judging import close_issue
from shared.contracts.issue import IssueEscalated, IssueGrew, IssueJoined, IssueReopened, IssueShrank, IssueSplit
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    BURN,
    LATE,
    OFFICER,
    a_burn,
    a_complaint,
    a_desk,
    a_reclassification,
    late_deliveries,
    story,
)

WHY = "같은 물류사의 같은 지연"


async def about(desk: Desk, product: str, count: int, body: str = LATE) -> Issue:
    for _ in range(count):
        await desk.handle(weigh_complaint, a_complaint(body, product_code=product, filed_at=desk.now))
    return next(issue for issue in desk.stored(Issue) if issue.product_code == product)


async def join(desk: Desk, issue: Issue, other: Issue) -> None:
    await desk.handle(join_issues, issue.id, other.id, WHY, None, by=OFFICER)


async def test_what_is_joined_counts_here_and_stands_on_the_board_no_more() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 2), await about(desk, "B", 2)
    await join(desk, one, two)
    assert (one.complaints, one.state, two.state) == (4, "watched", "joined")
    (told,) = desk.emitted(IssueJoined)
    assert (told.joined_id, told.complaints, told.reason) == (two.id, 4, WHY)
    assert story(desk, one)[-1] == story(desk, two)[-1] == "joined"


async def test_a_further_complaint_of_either_raises_the_whole() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 2), await about(desk, "B", 2)
    await join(desk, one, two)
    await about(desk, "B", 1)
    assert (one.complaints, one.step, two.complaints, two.step) == (5, 1, 3, 0)
    assert [grew.issue_id for grew in desk.emitted(IssueGrew)][-1] == one.id
    assert [told.issue_id for told in desk.emitted(IssueEscalated)] == [one.id]


async def test_the_whole_goes_at_least_to_the_step_of_what_is_joined() -> None:
    desk = a_desk()
    one, burn = await about(desk, "A", 1), await about(desk, "B", 1, BURN)
    await join(desk, one, burn)
    assert one.step == 3
    assert desk.emitted(IssueEscalated)[-1].because[0].rule == "grouping.joined"


async def test_splitting_undoes_a_join_with_what_came_meanwhile() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 2), await about(desk, "B", 2)
    await join(desk, one, two)
    await about(desk, "B", 1)
    alone = await desk.handle(split_issue, one.id, two.id, (), "다른 물류사", None, by=OFFICER)
    assert alone is two
    assert (one.complaints, two.complaints, two.state) == (2, 3, "watched")
    (told,) = desk.emitted(IssueSplit)
    assert (told.split_id, told.complaints) == (two.id, 2)
    await about(desk, "B", 1)
    assert (one.complaints, two.complaints) == (2, 4)


async def test_what_is_not_possible_is_refused() -> None:
    desk = a_desk()
    one, two, three = [await about(desk, code, 1) for code in "ABC"]
    with pytest.raises(SameIssue):
        await join(desk, one, one)
    await join(desk, one, two)
    with pytest.raises(HasJoined):
        await join(desk, three, one)
    with pytest.raises(NotLive):
        await join(desk, three, two)
    with pytest.raises(NotJoined):
        await desk.handle(split_issue, three.id, two.id, (), WHY, None, by=OFFICER)


async def test_a_reclassified_complaint_leaves_the_whole_and_its_part() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 1), await about(desk, "B", 1)
    await join(desk, one, two)
    complaint = a_complaint(LATE, product_code="B", filed_at=desk.now)
    await desk.handle(weigh_complaint, complaint, sequence=1)
    await desk.handle(follow_classification, a_reclassification(complaint, "packaging"), sequence=2)
    assert (one.complaints, two.complaints) == (2, 1)
    assert [shrank.issue_id for shrank in desk.emitted(IssueShrank)] == [one.id]


async def test_a_complaint_of_a_part_opens_the_closed_whole_again() -> None:
    desk = a_desk()
    one, two = await about(desk, "A", 1), await about(desk, "B", 1)
    await join(desk, one, two)
    await desk.handle(close_issue, one.id, "unclear", "두 건뿐", None, by=OFFICER)
    await about(desk, "B", 1)
    assert one.state == "watched"
    assert [told.issue_id for told in desk.emitted(IssueReopened)] == [one.id]
    await about(desk, "A", 1)
    assert (one.complaints, len(desk.stored(Issue))) == (4, 2)


async def test_complaints_that_belong_elsewhere_become_an_issue_of_their_own() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk, 4)
    moved = [case.id for case in desk.stored(Case)][:2]
    new = await desk.handle(split_issue, issue.id, None, tuple(moved), "새벽 배송만의 문제", None, by=OFFICER)
    assert (issue.complaints, new.complaints, new.open_series) == (2, 2, None)
    assert {case.issue_id for case in desk.stored(Case) if case.id in moved} == {new.id}
    await late_deliveries(desk, 1)
    assert (issue.complaints, new.complaints) == (3, 2)
    await join(desk, issue, new)
    assert issue.complaints == 5


async def test_a_burn_that_is_set_apart_calls_for_itself() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await desk.handle(weigh_complaint, a_complaint(BURN, filed_at=desk.now))
    moved = desk.stored(Case)[-1].id
    new = await desk.handle(split_issue, issue.id, None, (moved,), "다른 모델", None, by=OFFICER)
    assert new.step == 3
    assert desk.emitted(IssueEscalated)[-1].issue_id == new.id


async def test_a_split_takes_some_complaints_of_this_issue_and_leaves_some() -> None:
    desk = a_desk()
    issue, other = await late_deliveries(desk, 2), await about(desk, "Z", 1)
    of = {id: [case.id for case in desk.stored(Case) if case.issue_id == id] for id in (issue.id, other.id)}
    for chosen in ((), tuple(of[issue.id]), tuple(of[other.id]), ("no-such-complaint",)):
        with pytest.raises(NothingChosen):
            await desk.handle(split_issue, issue.id, None, chosen, WHY, None, by=OFFICER)
