"""Who works on a card: assigned, handed over, called on, taken in hand, corrected."""

from collections.abc import Mapping, Sequence

from services.intake.domain.assigning import acknowledge, hand_over, own
from services.intake.domain.changes import Drawn, Value
from services.intake.domain.complaint import Complaint
from services.intake.domain.departments import change_departments
from services.intake.domain.overriding import override
from services.intake.domain.recurrence import keys_of
from services.intake.handlers.cards import keep, open_card
from services.intake.handlers.sightings import follow_causes
from services.intake.repository.uow import IntakeUow
from shared.privacy.masking import mask


async def assign_owner(complaint_id: str, owner: str, drawn: Drawn | None, uow: IntakeUow) -> Complaint:
    """Say who answers the customer."""
    card = await open_card(complaint_id, uow)
    own(card, owner, drawn)
    return await keep(card, uow)


async def assign_within(
    complaint_id: str, department: str, assignee: str, reason: str | None, drawn: Drawn | None, uow: IntakeUow
) -> Complaint:
    """Hand the work of a department to another of its people."""
    card = await open_card(complaint_id, uow)
    hand_over(card, department, assignee, mask(reason) if reason else None, drawn)
    return await keep(card, uow)


async def call_on_departments(
    complaint_id: str, add: Sequence[str], remove: Sequence[str], reason: str, uow: IntakeUow
) -> Complaint:
    """Add departments and let others go, with a reason; the first assignment of what the CS office had kept."""
    card = await open_card(complaint_id, uow)
    before = keys_of(card.complaint)
    change_departments(card, add, remove, mask(reason), uow.rules.card)
    await follow_causes(card, before, uow)
    return await keep(card, uow)


async def acknowledge_card(complaint_id: str, department: str | None, uow: IntakeUow) -> Complaint:
    """Take it in hand."""
    card = await open_card(complaint_id, uow)
    acknowledge(card, department, uow.rules.card)
    return await keep(card, uow)


async def override_decision(
    complaint_id: str, wanted: Mapping[str, Value], reason: str, drawn: Drawn | None, uow: IntakeUow
) -> Complaint:
    """The CS office corrects category, severity or what was filed about the product."""
    card = await open_card(complaint_id, uow)
    before = keys_of(card.complaint)
    override(card, wanted, mask(reason), drawn, uow.rules)
    await follow_causes(card, before, uow)
    return await keep(card, uow)
