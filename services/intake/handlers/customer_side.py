"""What the CS office does on the customer's side: waits, comments, hears by phone, refers, opens again, closes."""

from services.intake.domain import customer
from services.intake.domain.complaint import Complaint
from services.intake.domain.moving import NotDone, whats_missing
from services.intake.domain.pausing import go_on, pause
from services.intake.domain.working import CardClosed, updated
from services.intake.handlers.cards import keep, open_card
from services.intake.repository.uow import IntakeUow
from shared.language.i18n import Said, _
from shared.privacy.masking import mask

CLOSE = _("Close the card")


async def comment_on(complaint_id: str, text: str, uow: IntakeUow) -> Complaint:
    """A comment among those who work here; masked, never shown to the customer."""
    card = await open_card(complaint_id, uow)
    card.write("commented", text=mask(text))
    updated(card, "comment")
    return await keep(card, uow)


async def pause_card(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """Wait for the customer."""
    card = await open_card(complaint_id, uow)
    pause(card, reason)
    return await keep(card, uow)


async def resume_card(complaint_id: str, uow: IntakeUow) -> Complaint:
    """Wait no longer."""
    card = await open_card(complaint_id, uow)
    go_on(card, uow.rules.card)
    return await keep(card, uow)


async def resolve_by_phone(complaint_id: str, note: str, uow: IntakeUow) -> Complaint:
    """The customer said that they accept."""
    card = await open_card(complaint_id, uow)
    customer.accept(card, uow.rules.card, note)
    return await keep(card, uow)


async def refuse_by_phone(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """The customer said that they do not accept."""
    card = await open_card(complaint_id, uow)
    customer.refuse(card, reason, uow.rules.card)
    return await keep(card, uow)


async def withdraw_by_phone(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """The customer said that they take it back."""
    card = await open_card(complaint_id, uow)
    customer.withdraw(card, reason, uow.rules.card)
    return await keep(card, uow)


async def refer_card(complaint_id: str, body: str, number: str | None, reason: str, uow: IntakeUow) -> Complaint:
    """Hand the customer's side over to a body outside."""
    card = await open_card(complaint_id, uow)
    customer.refer(card, body, number, reason, uow.rules.card)
    return await keep(card, uow)


async def reopen_customer_side(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """Open the customer's side again."""
    card = await open_card(complaint_id, uow)
    customer.reopen(card, reason, uow.rules.card)
    return await keep(card, uow)


async def close_card(complaint_id: str, uow: IntakeUow) -> Complaint:
    """Close the card; it closes by itself as soon as both sides are done, so before that this says what is missing."""
    card = await open_card(complaint_id, uow)
    if card.complaint.closed_at is not None:
        raise CardClosed
    if missing := whats_missing(card):
        raise NotDone(Said(CLOSE), missing)
    return await keep(card, uow)
