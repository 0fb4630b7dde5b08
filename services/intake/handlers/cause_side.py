"""What departments and the CS office do on the cause's side, and what follows for other cards of the same cause."""

from services.intake.domain import verifying
from services.intake.domain.causes import begin_removal, give_cause, return_cause
from services.intake.domain.changes import Drawn
from services.intake.domain.complaint import Complaint
from services.intake.domain.recurrence import KnownCause, keys_of
from services.intake.handlers.cards import keep, open_card
from services.intake.handlers.improvements import verify_if_improved
from services.intake.handlers.sightings import causes_known, follow_causes
from services.intake.repository.uow import IntakeUow
from shared.contracts.card import Evidence


async def answer_subcase(
    complaint_id: str, department: str, given: dict[str, str], drawn: Drawn | None, uow: IntakeUow
) -> Complaint:
    """A department gives its cause and prevention; what is known of that cause of that product follows."""
    card = await open_card(complaint_id, uow)
    before = keys_of(card.complaint)
    give_cause(card, department, given, drawn, uow.rules.card)
    await follow_causes(card, before, uow, given["cause"])
    await verify_if_improved(card, uow)
    return await keep(card, uow)


async def return_subcase(complaint_id: str, department: str, reason: str, uow: IntakeUow) -> Complaint:
    """The CS office returns what a department gave."""
    card = await open_card(complaint_id, uow)
    before = keys_of(card.complaint)
    return_cause(card, department, reason, uow.rules.card)
    await follow_causes(card, before, uow)
    return await keep(card, uow)


async def state_removal(
    complaint_id: str, text: str, effective_from: str | None, effective_lot: str | None, uow: IntakeUow
) -> Complaint:
    """What is done so that the cause goes, and from when on it is gone."""
    card = await open_card(complaint_id, uow)
    begin_removal(card, text, effective_from, effective_lot, uow.rules.card)
    return await keep(card, uow)


async def verify_card(complaint_id: str, evidence: Evidence, text: str, uow: IntakeUow) -> Complaint:
    """The CS office verifies a cause that has no improvement task."""
    card = await open_card(complaint_id, uow)
    known = await causes_known(card.complaint, uow)
    fix = verifying.verify_by_hand(card, evidence, text, _seen_since(card.complaint, known), uow.rules.card)
    for cause in known:
        cause.add_to_fix(fix, complaint_id)
    return await keep(card, uow)


async def disown_card(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """Decide that the cause is not ours."""
    card = await open_card(complaint_id, uow)
    verifying.disown(card, reason, uow.rules.card)
    return await keep(card, uow)


async def look_for_cause_again(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """Open the cause's side again."""
    card = await open_card(complaint_id, uow)
    verifying.look_again(card, reason, uow.rules.card)
    return await keep(card, uow)


def _seen_since(complaint: Complaint, known: list[KnownCause]) -> str | None:
    """The number of another complaint in which the cause was seen after the fix is said to work."""
    removal = complaint.removal
    if removal is None or removal.effective_from is None:
        return None
    seen = (cause.seen_after(complaint, removal.effective_from) for cause in known)
    return next((unit.number for unit in seen if unit is not None), None)
