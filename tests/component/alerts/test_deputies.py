"""Whoever is away is stood in for (대결), and a department that is gone has a successor, or those who decide."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.alerts.domain.calling import NotCalled
from services.alerts.domain.containment import NotYourDepartment
from services.alerts.handlers.calling import acknowledge_issue
from services.alerts.handlers.checklist import complete_item
from services.alerts.handlers.complaints import weigh_complaint
from services.alerts.handlers.containment import Wanted, confirm_containment, order_containment
from shared.contracts.issue import IssueEscalated
from shared.identity.directory import Directory
from shared.identity.organisation import Department, Leave, Person, organisation_with
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    BURN,
    CCO,
    CS_MANAGER,
    OFFICER,
    OTHER_OFFICER,
    SALES_HEAD,
    TODAY,
    WORKER,
    a_burn,
    a_complaint,
    a_desk,
    let_time_pass,
    messages,
    person,
    the_issue,
)

AWAY = Leave(start=TODAY, end=TODAY + timedelta(days=3), deputy="p-044")


def with_people(desk: Desk, change: Callable[[Person], Person]) -> None:
    company = desk.directory.organisation
    desk.directory = Directory(organisation_with(map(change, company.people), company.departments))


def with_departments(desk: Desk, change: Callable[[Department], Department]) -> None:
    company = desk.directory.organisation
    desk.directory = Directory(organisation_with(company.people, map(change, company.departments)))


def officer_is_away(each: Person) -> Person:
    return each.model_copy(update={"leaves": [AWAY]}) if each.id == OFFICER.id else each


async def test_the_deputy_of_who_is_away_is_rung_and_may_answer_whatever_their_role() -> None:
    desk = a_desk()
    with_people(desk, officer_is_away)
    await desk.handle(weigh_complaint, a_complaint(BURN))
    (rung,) = desk.emitted(IssueEscalated)
    assert rung.called == [WORKER.id]
    with pytest.raises(NotCalled):
        await desk.handle(acknowledge_issue, the_issue(desk).id, None, None, by=person("p-045"))
    await desk.handle(acknowledge_issue, the_issue(desk).id, "대신 봅니다", None, by=WORKER)
    assert the_issue(desk).state == "acknowledged"


async def test_the_deputy_does_the_actions_of_who_is_away() -> None:
    desk = a_desk()
    with_people(desk, officer_is_away)
    await desk.handle(weigh_complaint, a_complaint(BURN))
    assert WORKER.id in {message.person for message in messages(desk, "actions")}
    issue = the_issue(desk)
    await desk.handle(complete_item, issue.id, "stop-sale", None, None, None, by=WORKER)
    assert issue.items[0].by == WORKER.id


async def test_where_nobody_has_a_steps_roles_it_says_that_nobody_can_be_called() -> None:
    desk = a_desk()
    with_people(desk, lambda each: each.model_copy(update={"roles": ["employee"]}))
    await desk.handle(weigh_complaint, a_complaint(BURN))
    issue = the_issue(desk)
    assert (issue.step, issue.state, issue.called) == (3, "open", None)
    assert issue.call is not None
    assert issue.call.given_up
    await desk.handle(acknowledge_issue, issue.id, None, None, by=OTHER_OFFICER)


async def test_the_successor_of_a_department_that_was_closed_confirms_what_it_owes() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await desk.handle(order_containment, issue.id, Wanted("stop_sale", [], ["marketing"]), by=CS_MANAGER)
    id = issue.containments[0].id
    with pytest.raises(NotYourDepartment):
        await desk.handle(confirm_containment, issue.id, id, "marketing", None, by=SALES_HEAD)
    gone = {"active": False, "successor": "sales"}
    with_departments(desk, lambda each: each.model_copy(update=gone) if each.code == "marketing" else each)
    await desk.handle(confirm_containment, issue.id, id, "marketing", "영업본부가 이어받음", by=SALES_HEAD)
    assert issue.state == "contained"


async def test_what_a_department_owes_that_is_gone_goes_to_those_who_decide() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    await desk.handle(order_containment, issue.id, Wanted("stop_sale", [], ["marketing"]), by=CS_MANAGER)
    with_departments(desk, lambda each: each.model_copy(update={"active": False}) if each.code == "marketing" else each)
    await let_time_pass(desk, timedelta(hours=3))
    assert {CS_MANAGER.id, OFFICER.id, CCO.id} <= {told.person for told in messages(desk, "containment_overdue")}
    id = issue.containments[0].id
    await desk.handle(confirm_containment, issue.id, id, "marketing", None, by=CCO)
    assert issue.containments[0].executions[0].on_behalf
