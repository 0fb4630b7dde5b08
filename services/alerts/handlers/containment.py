"""Containment is ordered, carried out department by department, and lifted."""

from dataclasses import dataclass

from services.alerts.domain import containing
from services.alerts.domain.containment import (
    Containment,
    Execution,
    NotYourDepartment,
    UnknownDepartment,
    UnknownKind,
)
from services.alerts.domain.issue import Issue
from services.alerts.domain.message import Kind, message_about
from services.alerts.domain.people import DECIDING, day_of, decides, heads, holding, may_confirm
from services.alerts.repository.uow import AlertsUow
from shared.db.timers import Timer
from shared.identity.organisation import Organisation
from shared.privacy.masking import mask

CONTAINMENT_LATE = "containment-late"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person orders; no `lots` means every unit of the product; `departments` None those of the kind."""

    kind: str
    lots: list[str]
    departments: list[str] | None
    instruction: str | None = None


async def order_containment(issue_id: str, wanted: Wanted, uow: AlertsUow) -> Issue:
    """A person orders what has to stop; every department named has until the kind's time to carry it out."""
    issue, kind = await uow.issue(issue_id), uow.rules.containment.kind(wanted.kind)
    if kind is None:
        raise UnknownKind("kind")
    departments = _departments(wanted.departments, kind.departments, uow.organisation)
    order = Containment(
        id=uow.new_id(),
        kind=kind.kind,
        text=kind.text.model_dump(),
        product_code=issue.product_code,
        product_name=issue.product_name,
        lots=list(dict.fromkeys(wanted.lots)),
        instruction=mask(wanted.instruction) if wanted.instruction else None,
        ordered_by=uow.person.id,
        ordered_at=uow.now,
        due_at=uow.now + kind.time,
        executions=[Execution(department=code) for code in dict.fromkeys(departments)],
    )
    containing.order(issue, order, kind, uow.now)
    _tell(issue, order, "containment", _people(order, uow), uow)
    uow.set_timer(CONTAINMENT_LATE, issue.id, order.due_at, order=order.id)
    return issue


def _departments(wanted: list[str] | None, proposed: list[str], organisation: Organisation) -> list[str]:
    """Those that a person named, which have to exist; else those proposed, or what has succeeded them."""
    if wanted is None:
        return [charged.code for code in proposed if (charged := organisation.in_charge(code)) is not None]
    for code in wanted:
        department = organisation.department(code)
        if department is None or not department.active:
            raise UnknownDepartment("departments")
    return wanted


async def confirm_containment(issue_id: str, order_id: str, department: str, note: str | None, uow: AlertsUow) -> Issue:
    """A department has carried an order out; who may order can say so for it."""
    issue = await uow.issue(issue_id)
    order, person = containing.order_of(issue, order_id), uow.person
    if not may_confirm(department, person, uow.organisation):
        raise NotYourDepartment("department")
    charged = uow.organisation.in_charge(department)
    own = charged is not None and person.department == charged.code
    part = Execution(
        department=department, by=person.id, note=mask(note) if note else None, on_behalf=not own and decides(person)
    )
    containing.confirm(issue, order, part, uow.rules.containment.version, uow.now)
    return issue


async def lift_containment(issue_id: str, order_id: str, reason: str, uow: AlertsUow) -> Issue:
    """A person lifts an order."""
    issue = await uow.issue(issue_id)
    order, version = containing.order_of(issue, order_id), uow.rules.containment.version
    containing.lift(issue, order, uow.person.id, mask(reason), version, uow.now)
    return issue


async def escalate_late_containment(timer: Timer, uow: AlertsUow) -> None:
    """Departments have not carried an order out in time: they and those who decide are told."""
    issue = await uow.need(Issue, timer.subject)
    order = containing.order_of(issue, timer.data["order"])
    if not containing.late(issue, order, uow.now):
        return
    above = holding(DECIDING, uow.organisation, day_of(uow.now))
    _tell(issue, order, "containment_overdue", [*_people(order, uow), *above], uow)


def _people(order: Containment, uow: AlertsUow) -> list[str]:
    """Who is told in the departments that still have to carry it out."""
    departments = [uow.organisation.in_charge(code) for code in order.left]
    return [person for each in departments for person in heads(each, uow.organisation, day_of(uow.now))]


def _tell(issue: Issue, order: Containment, kind: Kind, people: list[str], uow: AlertsUow) -> None:
    for person in dict.fromkeys(people):
        told = message_about(
            issue, kind, person, uow.now, about=order.text, due_at=order.due_at, subject=order.id, count=len(order.left)
        )
        uow.add(told)
