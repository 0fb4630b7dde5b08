"""Which departments are called on for the cause: several in parallel, added and let go with a reason."""

from collections.abc import Sequence

from services.intake.domain.beginning import call_on
from services.intake.domain.card import Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.causes import follow_owing
from services.intake.domain.clocks import drop, start
from services.intake.domain.guards import Brought
from services.intake.domain.moving import move
from services.intake.domain.working import refuse_if_closed
from shared.contracts.because import Because
from shared.contracts.complaint import ComplaintAssigned, RoutedTo
from shared.errors import Conflict, Refused
from shared.identity.organisation import Department
from shared.language.i18n import _


class NoSuchDepartment(Refused):
    """No department of the organisation, or one that was closed."""

    text = _("There is no such department; choose one of the list.")


class CalledOnAlready(Conflict):
    """Nothing would change."""

    text = _("These departments are called on, or not called on, as you want it already.")


class SomebodyHasToStay(Conflict):
    """No department would be left."""

    text = _("At least one department has to stay called on; add another one first.")


class LookAgainFirst(Conflict):
    """The cause's side is done."""

    text = _("The cause's side is done; decide first that the cause is looked for again.")


def change_departments(card: Card, add: Sequence[str], remove: Sequence[str], reason: str, rules: CardRules) -> None:
    """Call on further departments (through their heads alone when it is in confidence), let others go.

    Raises `NoSuchDepartment`, `CalledOnAlready`, `SomebodyHasToStay`, `LookAgainFirst`, `CardClosed`.
    """
    refuse_if_closed(card)
    complaint, there = card.complaint, {subcase.department for subcase in card.complaint.subcases}
    new = [_department(card, code) for code in dict.fromkeys(add) if code not in there]
    gone = [code for code in dict.fromkeys(remove) if code in there]
    if not new and not gone:
        raise CalledOnAlready("add")
    if there <= set(gone) and not new:
        raise SomebodyHasToStay("remove")
    if complaint.cause_state in ("verified", "not_ours"):
        raise LookAgainFirst
    for code in gone:
        complaint.subcases = [subcase for subcase in complaint.subcases if subcase.department != code]
        drop(complaint, code)
        card.write("let_go", department=code, text=reason)
    for department in new:
        _call_on(card, department, reason, rules)
    brought = Brought(rules, reason=reason)
    if complaint.state == "received":
        move(card, "call_on", brought)
    follow_owing(card, brought)
    complaint.record(_assigned(card))


def _department(card: Card, code: str) -> Department:
    found = card.organisation.department(code)
    if found is None or not found.active:
        raise NoSuchDepartment("add")
    return found


def _call_on(card: Card, department: Department, reason: str, rules: CardRules) -> None:
    subcase = call_on(department.code, card.usual(department), card.organisation, card.now)
    card.complaint.subcases.append(subcase)
    if card.complaint.has_card:
        start(card.complaint, "cause", rules, card.now, department.code)
    card.write("called_on", department=department.code, text=reason, assignee=subcase.assignee)


def _assigned(card: Card) -> ComplaintAssigned:
    complaint = card.complaint
    routed = [_routed(card, subcase.department, subcase.assignee) for subcase in complaint.subcases]
    because = Because(rule="override.departments", version="1", inputs={"by": card.by.name})
    return ComplaintAssigned(complaint_id=complaint.id, number=complaint.number, departments=routed, because=[because])


def _routed(card: Card, code: str, assignee: str) -> RoutedTo:
    found = card.organisation.department(code)
    first = next((routed for routed in card.complaint.departments if routed.department == code), None)
    return RoutedTo(
        department=code,
        head=found.head if found else assignee,
        lead=found.lead if found else assignee,
        assignee=assignee,
        levels=first.levels if first else ["assignee"],
        because=first.because if first else [],
    )
