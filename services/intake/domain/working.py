"""What every change of a card asks first, and what it tells when no other event does."""

from services.intake.domain.card import CS_ROLES, Card
from services.intake.domain.guards import department_name
from services.intake.domain.parts import SubCase
from shared.contracts.card import ComplaintUpdated
from shared.errors import Conflict, Forbidden, Refused
from shared.language.i18n import _


class NotCalledOn(Refused):
    """The department is not called on for this complaint."""

    text = _("This department is not called on for this complaint.")


class NotYourDepartment(Forbidden):
    """Only people of the department answer for it."""

    text = _("Only people of {department}, those who stand in for them, and the customer office may do this.")


class CardClosed(Conflict):
    """A closed card is not worked on."""

    text = _("The card is closed; open it again first.")


def refuse_if_closed(card: Card) -> None:
    """Raise `CardClosed` for a card on which nothing is worked any more."""
    if card.complaint.closed_at is not None:
        raise CardClosed


def called(card: Card, department: str) -> SubCase:
    """The sub-case of a department. Raises `NotCalledOn`."""
    subcase = card.complaint.subcase(department)
    if subcase is None:
        raise NotCalledOn("department")
    return subcase


def refuse_strangers(card: Card, department: str, *, but_cs: bool = True) -> None:
    """Raise `NotYourDepartment` for who neither belongs to the department nor to the CS office."""
    if not card.works_on(department) and not (but_cs and card.by.roles & CS_ROLES):
        raise NotYourDepartment(department=department_name(card.organisation, department))


def updated(card: Card, *what: str) -> None:
    """Tell that something changed which no other event tells."""
    complaint = card.complaint
    complaint.record(
        ComplaintUpdated(
            complaint_id=complaint.id,
            number=complaint.number,
            what=list(what),
            state=complaint.state,
            cause_state=complaint.cause_state,
            by=card.by.id,
        )
    )
