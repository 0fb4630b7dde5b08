"""Work goes on when people or departments do not: to a deputy, to who is left in the department, to its successor."""

from datetime import date

from services.intake.domain.card import CS_ROLES, Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.causes import owes_anew
from services.intake.domain.clocks import drop
from services.intake.domain.parts import SubCase
from shared.contracts.because import Because
from shared.identity.organisation import Department, Organisation
from shared.runtime.clock import KOREA


def hand_on(card: Card, rules: CardRules) -> bool:
    """Hand on, visibly and with its clock, what is in the hands of nobody; whether anything was."""
    if card.complaint.closed_at is not None:
        return False
    card, before = card.as_system(), len(card.written)
    today = card.now.astimezone(KOREA).date()
    for subcase in [subcase for subcase in card.complaint.subcases if subcase.owes]:
        _to_a_department_that_is_there(card, subcase, rules)
    for subcase in [subcase for subcase in card.complaint.subcases if subcase.owes]:
        _to_a_person_who_is_there(card, subcase, today)
    _owner_who_left(card, today)
    return len(card.written) > before


def left_behind(organisation: Organisation, today: date) -> tuple[list[str], list[str]]:
    """People whose work may have to change hands today (gone, away, or standing in for others), departments closed."""
    deputies = {leave.deputy for person in organisation.people for leave in person.leaves if leave.deputy}
    deputies |= {person.deputy for person in organisation.people if person.deputy}
    people = {person.id for person in organisation.people if not person.is_here(today)} | deputies
    closed = [department.code for department in organisation.departments if not department.active]
    return sorted(people), sorted(closed)


def _to_a_department_that_is_there(card: Card, subcase: SubCase, rules: CardRules) -> None:
    organisation, complaint = card.organisation, card.complaint
    gone = subcase.department
    there = organisation.in_charge(gone) or organisation.department(card.cs_office)
    if there is None or there.code == gone:
        return
    because, heir = _because("department_closed", department=gone, successor=there.code), card.usual(there)
    card.write("moved", department=there.code, because=[because], before=gone, assignee=heir)
    if (own := complaint.subcase(there.code)) is not None:
        complaint.subcases = [one for one in complaint.subcases if one is not subcase]
        drop(complaint, gone)
        if not own.owes:  # what it gave was its own: nobody has answered yet for what it took over
            owes_anew(card, own, None, rules)
        return
    subcase.department, subcase.assignee, subcase.deputises_for = there.code, heir, None
    for clock in complaint.clocks:
        if clock.department == gone:
            clock.department = there.code


def _to_a_person_who_is_there(card: Card, subcase: SubCase, today: date) -> None:
    department = card.organisation.department(subcase.department)
    usual = card.organisation.person(subcase.deputises_for or subcase.assignee)
    now = card.organisation.person(subcase.assignee)
    if department is None or (subcase.deputises_for is None and now is not None and now.is_here(today)):
        return
    if usual is not None and usual.is_here(today):
        _give(card, subcase, usual.id, "is_back", usual.id)
    elif now is None or not now.is_here(today):
        rule = "on_leave" if usual is not None and usual.active else "has_left"
        _give(card, subcase, _stand_in(card, subcase.assignee, department, today), rule, subcase.assignee)
        subcase.deputises_for = usual.id if usual is not None and usual.active else None


def _give(card: Card, subcase: SubCase, to: str, rule: str, person: str) -> None:
    if to == subcase.assignee:
        return
    because = _because(rule, person=person, to=to)
    card.write("moved", department=subcase.department, because=[because], before=subcase.assignee, assignee=to)
    subcase.assignee, subcase.deputises_for = to, None


def _owner_who_left(card: Card, today: date) -> None:
    """Who answers the customer is handed on only for good: for a leave a deputy may act anyway."""
    owner = card.complaint.owner
    person = card.organisation.person(owner) if owner else None
    if owner is None or (person is not None and person.active):
        return
    deputy = card.organisation.acting_for(owner, today)
    card.complaint.owner = deputy.id if deputy and CS_ROLES & set(deputy.roles) else None
    because = _because("has_left", person=owner, to=card.complaint.owner or "")
    card.write("moved", because=[because], before=owner, owner=card.complaint.owner)


def _stand_in(card: Card, assignee: str, department: Department, today: date) -> str:
    """The deputy, else who is there of 담당, 팀장, 부서장; the one above all when nobody is.

    What is in confidence goes to the head or their deputy, else to who is above them.
    """
    if card.in_confidence:
        head = card.organisation.acting_for(department.head, today)
        return head.id if head is not None else department.executive or department.head
    deputy = card.organisation.acting_for(assignee, today)
    if deputy is not None:
        return deputy.id
    for id in (department.assignee, department.lead, department.head):
        person = card.organisation.person(id)
        if person is not None and person.is_here(today):
            return id
    return department.head


def _because(rule: str, **inputs: str) -> Because:
    return Because(rule=f"succession.{rule}", version="1", inputs=dict(inputs))
