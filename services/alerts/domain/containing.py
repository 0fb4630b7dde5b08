"""Containment orders are given, carried out department by department, and lifted with a reason."""

from datetime import datetime

from services.alerts.domain.acting import NotLive
from services.alerts.domain.containment import (
    MOST_IN_FORCE,
    ConfirmedAlready,
    Containment,
    Execution,
    LiftedAlready,
    NoDepartment,
    OrderedAlready,
    TooManyOrders,
)
from services.alerts.domain.containment_rules import ContainmentKind
from services.alerts.domain.issue import Issue
from shared.contracts.because import Because
from shared.contracts.containment import ContainmentConfirmed, ContainmentLifted, ContainmentOrdered
from shared.contracts.issue import IssueContained
from shared.errors import NotFound


def order(issue: Issue, wanted: Containment, kind: ContainmentKind, now: datetime) -> Containment:
    """Give an order. Raises `NotLive`, `NoDepartment`, `OrderedAlready`, `TooManyOrders`."""
    if not issue.is_live:
        raise NotLive
    if not wanted.executions:
        raise NoDepartment("departments")
    if any(there.covers(wanted.kind, wanted.lots) for there in issue.containments):
        raise OrderedAlready("kind")
    if len(issue.in_force) >= MOST_IN_FORCE:
        raise TooManyOrders(most=MOST_IN_FORCE)
    issue.containments.append(wanted)
    issue.write("containment_ordered", now, person=wanted.ordered_by, note=wanted.instruction, about=_about(wanted))
    issue.record(
        ContainmentOrdered(
            containment_id=wanted.id,
            issue_id=issue.id,
            number=issue.number,
            kind=kind.kind,
            product_code=wanted.product_code,
            product_name=wanted.product_name,
            lots=wanted.lots,
            departments=[execution.department for execution in wanted.executions],
            due_at=wanted.due_at,
            by=wanted.ordered_by,
        )
    )
    return wanted


def order_of(issue: Issue, id: str) -> Containment:
    """An order of the issue; raises `NotFound`."""
    found = next((order for order in issue.containments if order.id == id), None)
    if found is None:
        raise NotFound
    return found


def confirm(issue: Issue, order: Containment, part: Execution, version: str, now: datetime) -> None:
    """A department has carried the order out. Raises `NotFound`, `ConfirmedAlready`, `LiftedAlready`."""
    if not order.in_force:
        raise LiftedAlready
    there = next((execution for execution in order.executions if execution.department == part.department), None)
    if there is None:
        raise NotFound
    if there.by is not None:
        raise ConfirmedAlready
    there.by, there.at, there.note, there.on_behalf = part.by, now, part.note, part.on_behalf
    issue.write("containment_confirmed", now, person=part.by, note=part.note, about=_about(order, part.department))
    issue.record(
        ContainmentConfirmed(
            containment_id=order.id,
            issue_id=issue.id,
            number=issue.number,
            kind=order.kind,
            department=part.department,
            by=part.by or "",
            left=len(order.left),
        )
    )
    _tell_contained(issue, version, now)


def _tell_contained(issue: Issue, version: str, now: datetime) -> None:
    """Say so if every order that holds is carried out now, and one was not before."""
    if not issue.in_force or any(each.waits for each in issue.in_force):
        return
    departments = sum(len(order.executions) for order in issue.in_force)
    inputs: dict[str, str | int | float | bool] = {"orders": len(issue.in_force), "departments": departments}
    because = [Because(rule="containment.carried-out", version=version, inputs=inputs, threshold=departments)]
    issue.write("contained", now, because=because)
    issue.record(
        IssueContained(
            issue_id=issue.id, number=issue.number, step=issue.step, orders=len(issue.in_force), because=because
        )
    )


def lift(issue: Issue, order: Containment, by: str, reason: str, version: str, now: datetime) -> None:
    """An order does not hold any longer, for a reason. Raises `LiftedAlready`."""
    if not order.in_force:
        raise LiftedAlready
    was_left = order.waits
    order.lifted_by, order.lifted_at, order.reason = by, now, reason
    issue.write("containment_lifted", now, person=by, note=reason, about=_about(order))
    issue.record(
        ContainmentLifted(
            containment_id=order.id, issue_id=issue.id, number=issue.number, kind=order.kind, by=by, reason=reason
        )
    )
    if was_left:
        _tell_contained(issue, version, now)


def late(issue: Issue, order: Containment, now: datetime) -> bool:
    """Mark an order that is not carried out in time, and say so; False when there is nothing to mark."""
    if not order.waits or order.overdue or now < order.due_at:
        return False
    order.overdue = True
    for department in order.left:
        issue.write("containment_overdue", now, about=_about(order, department))
    return True


def _about(order: Containment, department: str = "") -> dict[str, str]:
    return {**order.text, "department": department} if department else dict(order.text)
