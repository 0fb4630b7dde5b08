"""Who has a card in hand: who answers the customer, and who looks for the cause in a department."""

from services.intake.domain.card import CS_ROLES, Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.changes import Drawn, Naming, Value, note_edits, refuse_overwriting
from services.intake.domain.clocks import meet
from services.intake.domain.guards import Brought
from services.intake.domain.moving import move
from services.intake.domain.working import called, refuse_if_closed, refuse_strangers, updated
from shared.contracts.card import ComplaintAcknowledged
from shared.errors import Conflict, Refused
from shared.identity.organisation import Person
from shared.language.i18n import _
from shared.runtime.clock import KOREA


class NobodyThere(Refused):
    """No person who could take it."""

    text = _("There is nobody here under this id who could take it.")


class NotOfTheDepartment(Refused):
    """The person works elsewhere."""

    text = _("This person does not work in the department; choose one who does, or their deputy.")


class AcknowledgedAlready(Conflict):
    """It was taken in hand before."""

    text = _("This was taken in hand already.")


def own(card: Card, person: str, drawn: Drawn | None) -> None:
    """Say who answers the customer. Raises `NobodyThere`, `ChangedMeanwhile`, `CardClosed`."""
    refuse_if_closed(card)
    found = card.organisation.person(person)
    if found is None or not found.active or not set(found.roles) & CS_ROLES:
        raise NobodyThere("owner")
    refuse_overwriting(card, {"owner": card.complaint.owner}, {"owner": person}, drawn, _name(card))
    if card.complaint.owner == person:
        return
    card.write("owned", before=card.complaint.owner, owner=person)
    card.complaint.owner = person
    note_edits(card, ["owner"])
    updated(card, "owner")


def hand_over(card: Card, department: str, person: str, reason: str | None, drawn: Drawn | None) -> None:
    """Give the work of a department to another of its people, or to the deputy of one. Its clock runs on."""
    refuse_if_closed(card)
    subcase = called(card, department)
    refuse_strangers(card, department)
    found = card.organisation.person(person)
    if found is None or not found.active:
        raise NobodyThere("assignee")
    if found.department != department and not _stands_in(card, found, department):
        raise NotOfTheDepartment("assignee")
    there: dict[str, Value] = {"assignee": subcase.assignee}
    refuse_overwriting(card, there, {"assignee": person}, drawn, _name(card), f"{department}:")
    if subcase.assignee == person:
        return
    before, subcase.assignee, subcase.deputises_for = subcase.assignee, person, None
    card.write("handed_over", department=department, text=reason, before=before, assignee=person)
    note_edits(card, [f"{department}:assignee"])
    updated(card, "assignee")


def acknowledge(card: Card, department: str | None, rules: CardRules) -> None:
    """Take it in hand, for a department or as the one who answers. Raises `AcknowledgedAlready`, `WrongState`."""
    refuse_if_closed(card)
    complaint = card.complaint
    subcase = called(card, department) if department else None
    if subcase is not None:
        refuse_strangers(card, subcase.department)
        if subcase.acknowledged_at is not None:
            raise AcknowledgedAlready
        subcase.acknowledged_by, subcase.acknowledged_at = card.by.name, card.now
    if subcase is None or complaint.state in ("assigned", "reopened"):
        move(card, "acknowledge", Brought(rules))
    meet(complaint, ("acknowledge",), card.now)
    card.write("acknowledged", department=department)
    complaint.record(
        ComplaintAcknowledged(
            complaint_id=complaint.id,
            number=complaint.number,
            by=card.by.name,
            department=department,
            acknowledged_at=card.now,
        )
    )


def _stands_in(card: Card, person: Person, department: str) -> bool:
    """Whether this person stands in today for one of the department's people."""
    today = card.now.astimezone(KOREA).date()
    people = [one for one in card.organisation.people if one.department == department]
    return any((acting := card.organisation.acting_for(one.id, today)) and acting.id == person.id for one in people)


def _name(card: Card) -> Naming:
    def name(_field: str, value: Value) -> object:
        found = card.organisation.person(value) if value else None
        return found.name if found else value or "–"

    return name
