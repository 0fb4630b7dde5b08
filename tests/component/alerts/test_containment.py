"""Containment is ordered, carried out by every department, and lifted with a reason."""

from datetime import timedelta

import pytest

from services.alerts.domain.acting import NotLive
from services.alerts.domain.containment import (
    ConfirmedAlready,
    LiftedAlready,
    NoDepartment,
    NotYourDepartment,
    OrderedAlready,
    UnknownDepartment,
    UnknownKind,
)
from services.alerts.domain.issue import NEVER, Issue
from services.alerts.handlers.containment import (
    Wanted,
    confirm_containment,
    lift_containment,
    order_containment,
)
from services.alerts.handlers.judging import close_issue
from services.alerts.presenting.rows import row_of
from services.alerts.presenting.speaker import Speaker
from shared.contracts.containment import ContainmentConfirmed, ContainmentLifted, ContainmentOrdered
from shared.contracts.issue import IssueContained
from shared.errors import NotFound
from shared.identity.principal import Principal
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    CEO,
    CS_MANAGER,
    OFFICER,
    ORGANISATION,
    PRODUCTION_HEAD,
    RULES,
    SALES_HEAD,
    WORKER,
    a_burn,
    a_desk,
    late_deliveries,
    let_time_pass,
    messages,
    person,
    settle_all,
    story,
)

MARKETING_HEAD = person("p-007")


def state_of(issue: Issue) -> str:
    return issue.state


async def order(desk: Desk, issue: Issue, kind: str = "stop_sale", **other: object) -> str:
    wanted = Wanted(kind=kind, lots=[], departments=["sales", "marketing"], **other)  # type: ignore[arg-type]
    await desk.handle(order_containment, issue.id, wanted, by=CS_MANAGER)
    return issue.containments[-1].id


async def confirm(desk: Desk, issue: Issue, id: str, department: str, by: Principal) -> None:
    await desk.handle(confirm_containment, issue.id, id, department, None, by=by)


async def test_an_order_says_what_for_which_product_and_until_when() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await order(desk, issue)
    (told,) = desk.emitted(ContainmentOrdered)
    assert (told.kind, told.product_code, told.departments) == ("stop_sale", "EB-200", ["sales", "marketing"])
    assert told.due_at - desk.now == timedelta(hours=2)


async def test_the_departments_people_are_told() -> None:
    desk = a_desk()
    await order(desk, await a_burn(desk))
    told = {message.person for message in messages(desk, "containment")}
    assert {SALES_HEAD.id, MARKETING_HEAD.id} <= told
    assert WORKER.id not in told


async def test_it_is_contained_only_when_every_department_has_confirmed() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    id = await order(desk, issue)
    await confirm(desk, issue, id, "sales", SALES_HEAD)
    assert state_of(issue) == "acknowledged"
    assert not desk.emitted(IssueContained)
    await confirm(desk, issue, id, "marketing", MARKETING_HEAD)
    assert state_of(issue) == "contained"
    assert [told.left for told in desk.emitted(ContainmentConfirmed)] == [1, 0]
    (contained,) = desk.emitted(IssueContained)
    assert contained.because[0].inputs == {"orders": 1, "departments": 2}


async def test_a_second_order_has_to_be_carried_out_too() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    first, second = await order(desk, issue), await order(desk, issue, "notice_to_agents")
    for id in (first, second):
        for code in ("sales", "marketing"):
            assert issue.state == "acknowledged"
            await confirm(desk, issue, id, code, OFFICER)
    assert issue.state == "contained"
    assert len(desk.emitted(IssueContained)) == 1


async def test_a_department_confirms_for_itself_and_those_who_order_for_any() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    id = await order(desk, issue)
    with pytest.raises(NotYourDepartment):
        await confirm(desk, issue, id, "sales", person("p-005"))
    await confirm(desk, issue, id, "sales", SALES_HEAD)
    await confirm(desk, issue, id, "marketing", CEO)
    assert [part.on_behalf for part in issue.containments[0].executions] == [False, True]


async def test_a_department_confirms_once_and_only_if_it_was_asked() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    id = await order(desk, issue)
    await confirm(desk, issue, id, "sales", SALES_HEAD)
    with pytest.raises(ConfirmedAlready):
        await confirm(desk, issue, id, "sales", SALES_HEAD)
    with pytest.raises(NotFound):
        await confirm(desk, issue, id, "production", PRODUCTION_HEAD)


async def test_what_is_not_carried_out_in_time_is_said_to_them_and_to_those_who_decide() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    id = await order(desk, issue)
    await confirm(desk, issue, id, "sales", SALES_HEAD)
    await let_time_pass(desk, timedelta(hours=3))
    told = {message.person for message in messages(desk, "containment_overdue")}
    assert {MARKETING_HEAD.id, OFFICER.id, CS_MANAGER.id, CEO.id} <= told
    assert SALES_HEAD.id not in told
    assert story(desk, issue).count("containment_overdue") == 1


async def test_an_order_in_force_is_not_given_twice_but_other_lots_are_another_order() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    lots = Wanted("hold_lot", ["L-1", "L-2"], ["production"])
    await desk.handle(order_containment, issue.id, lots, by=OFFICER)
    with pytest.raises(OrderedAlready):
        await desk.handle(order_containment, issue.id, Wanted("hold_lot", ["L-2"], ["production"]), by=OFFICER)
    await desk.handle(order_containment, issue.id, Wanted("hold_lot", ["L-3"], ["production"]), by=OFFICER)
    await desk.handle(order_containment, issue.id, Wanted("hold_lot", [], ["production"]), by=OFFICER)
    assert len(issue.in_force) == 3


async def test_lifting_says_why_and_ends_it() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    id = await order(desk, issue)
    for code in ("sales", "marketing"):
        await confirm(desk, issue, id, code, OFFICER)
    await desk.handle(lift_containment, issue.id, id, "새 로트부터 판매", by=CS_MANAGER)
    assert issue.state == "acknowledged"
    (lifted,) = desk.emitted(ContainmentLifted)
    assert lifted.reason == "새 로트부터 판매"
    for again in (lift_containment, confirm_containment):
        with pytest.raises(LiftedAlready):
            await desk.handle(again, issue.id, id, "sales", *([None] if again is confirm_containment else []), by=CEO)


async def test_lifting_the_only_order_that_was_left_contains_it_and_says_so() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    done, left = await order(desk, issue), await order(desk, issue, "notice_to_agents")
    for code in ("sales", "marketing"):
        await confirm(desk, issue, done, code, OFFICER)
    await desk.handle(lift_containment, issue.id, left, "상담원은 이미 앎", by=CS_MANAGER)
    assert state_of(issue) == "contained"
    assert [told.orders for told in desk.emitted(IssueContained)] == [1]
    await desk.handle(lift_containment, issue.id, done, "새 로트부터 판매", by=CS_MANAGER)
    assert state_of(issue) == "acknowledged"
    assert story(desk, issue).count("contained") == 1


async def test_an_order_that_waits_is_a_deadline_and_says_what_is_due() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await settle_all(desk, issue)
    id = await order(desk, issue)
    row = row_of(issue, Speaker(RULES, ORGANISATION, "ko", WORKER), desk.now)
    assert row.deadline is not None
    assert (issue.due_at, row.deadline.due_at) == (issue.containments[0].due_at,) * 2
    assert "판매 중지" in row.deadline.what
    for code in ("sales", "marketing"):
        await confirm(desk, issue, id, code, OFFICER)
    assert issue.due_at == NEVER


async def test_an_order_names_a_kind_and_departments_that_exist() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    wrong = {
        UnknownKind: Wanted("sing", [], None),
        UnknownDepartment: Wanted("stop_sale", [], ["nobody"]),
        NoDepartment: Wanted("stop_sale", [], []),
    }
    for refusal, wanted in wrong.items():
        with pytest.raises(refusal):
            await desk.handle(order_containment, issue.id, wanted, by=OFFICER)


async def test_without_departments_those_of_the_kind_are_asked() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await desk.handle(order_containment, issue.id, Wanted("stop_shipment", [], None), by=OFFICER)
    assert issue.containments[0].left == ["logistics", "production"]


async def test_a_closed_issue_orders_nothing() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk, 1)
    await desk.handle(close_issue, issue.id, "unclear", "한 건뿐", None, by=OFFICER)
    with pytest.raises(NotLive):
        await order(desk, issue)
