"""Complaints and a desk for tests of alerts."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from services.alerts.domain.issue import Issue
from services.alerts.domain.message import Kind, Message
from services.alerts.domain.moment import Moment
from services.alerts.domain.people import day_of
from services.alerts.handlers.calling import acknowledge_issue
from services.alerts.handlers.checklist import complete_item
from services.alerts.handlers.complaints import weigh_complaint
from services.alerts.handlers.judging import close_issue
from services.alerts.jobs import TIMERS
from services.alerts.repository.uow import AlertsUow
from services.alerts.service import rules_of
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated
from shared.db.timers import Timer
from shared.identity.organisation import load_organisation
from shared.identity.principal import Principal
from shared.runtime.settings import Settings
from shared.testing.fake import NOON, Desk

RULES = rules_of(Settings(mode="local"))
ORGANISATION = load_organisation()
BURN = "전기장판에서 불이 나 손에 화상을 입었어요"
LATE = "배송이 사흘이나 늦었어요"
TODAY = day_of(NOON)


def a_desk() -> Desk:
    """An empty alerts service."""
    return Desk(AlertsUow, RULES)


def a_complaint(body: str = BURN, **other: Any) -> ComplaintCreated:
    """A complaint about one electric blanket, unless said otherwise."""
    facts: dict[str, Any] = {
        "complaint_id": uuid4().hex,
        "number": "C-2026-000001",
        "kind": "complaint",
        "channel": "web",
        "title": "전기장판",
        "body": body,
        "language": "ko",
        "product_code": "EB-200",
        "product_name": "전기장판",
        "category": "delivery",
        "category_name": {"ko": "배송", "en": "Delivery"},
        "severity": "minor",
        "knowledge_at": NOON,
        "filed_at": NOON + timedelta(minutes=1),
    }
    return ComplaintCreated(**(facts | other))


def a_reclassification(of: ComplaintCreated, category: str) -> ComplaintClassified:
    """The CS office puts a complaint into another category."""
    return ComplaintClassified(
        complaint_id=of.complaint_id,
        number=of.number,
        category=category,
        category_name={"ko": category, "en": category},
        previous_category=of.category,
        severity="minor",
        complexity="low",
        impact="low",
        immediate_action=False,
        confidence=1.0,
    )


def person(id: str) -> Principal:
    """Somebody of the sample company, with their roles."""
    found = ORGANISATION.person(id)
    assert found is not None
    return Principal(found.id, found.name, frozenset(found.roles), "person", found.department)


OFFICER, OTHER_OFFICER = person("p-027"), person("p-026")
CS_MANAGER, CCO, CEO = person("p-001"), person("p-036"), person("p-037")
SALES_HEAD, PRODUCTION_HEAD, WORKER = person("p-010"), person("p-004"), person("p-044")


def the_issue(desk: Desk) -> Issue:
    """The only issue there is."""
    (issue,) = desk.stored(Issue)
    return issue


def messages(desk: Desk, kind: Kind) -> list[Message]:
    """What people were told of one kind."""
    return [message for message in desk.stored(Message) if message.kind == kind]


def story(desk: Desk, issue: Issue) -> list[str]:
    """What happened to an issue, in order."""
    told = [moment for moment in desk.stored(Moment) if moment.issue_id == issue.id]
    return [moment.what for moment in sorted(told, key=lambda moment: moment.n)]


async def let_time_pass(desk: Desk, by: timedelta) -> None:
    """Let the clockwork fire everything that falls due meanwhile, in order."""
    end = desk.now + by
    while waiting := [timer for timer in desk.stored(Timer) if timer.done_at is None and timer.due_at <= end]:
        timer = min(waiting, key=lambda timer: timer.due_at)
        desk.now = max(desk.now, timer.due_at)
        timer.done_at = desk.now
        await desk.handle(TIMERS[timer.kind], timer)
    desk.now = end


async def a_burn(desk: Desk) -> Issue:
    """An issue on step 3 that an officer has acknowledged."""
    await desk.handle(weigh_complaint, a_complaint(BURN, filed_at=desk.now))
    issue = next(issue for issue in desk.stored(Issue) if issue.state == "open")
    await desk.handle(acknowledge_issue, issue.id, None, None, by=OFFICER)
    return issue


async def late_deliveries(desk: Desk, count: int = 5, **other: Any) -> Issue:
    """An issue of complaints about late delivery; the fifth raises it to step 1."""
    for _ in range(count):
        await desk.handle(weigh_complaint, a_complaint(LATE, filed_at=desk.now, **other))
    return next(issue for issue in desk.stored(Issue) if issue.is_live and issue.problem == "category:delivery")


def step_of(issue: Issue) -> int:
    """The step now; a type checker would take an earlier comparison for granted."""
    return issue.step


async def settle_all(desk: Desk, issue: Issue) -> None:
    """An officer does everything that is mandatory."""
    for item in [item.id for item in issue.items if item.mandatory]:
        await desk.handle(complete_item, issue.id, item, None, None, None, by=OFFICER)


async def closed(desk: Desk, issue: Issue) -> Issue:
    """An officer does what is mandatory and closes it."""
    await settle_all(desk, issue)
    await desk.handle(close_issue, issue.id, "real", "원인 제거", None, by=OFFICER)
    return issue


async def one_more(desk: Desk, body: str = BURN, **other: object) -> None:
    """One more complaint, filed now unless said otherwise."""
    await desk.handle(weigh_complaint, a_complaint(body, **({"filed_at": desk.now} | other)))
