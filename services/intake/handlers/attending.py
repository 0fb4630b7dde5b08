"""What happens to cards by itself: due times, and work that changes hands because people or departments left."""

from services.intake.domain.attending import attend
from services.intake.domain.complaint import Complaint
from services.intake.handlers.cards import card_of, keep, open_card
from services.intake.repository.uow import IntakeUow
from shared.db.timers import Timer


async def look_at_card(timer: Timer, uow: IntakeUow) -> None:
    """The one timer of a card: do what is due, and see to it that somebody looks again."""
    complaint = await uow.get(Complaint, timer.subject)
    if complaint is None or complaint.timer_id != timer.id:
        return
    card = card_of(complaint, uow)
    card.complaint.timer_id = card.complaint.timer_at = None
    attend(card, uow.rules.card)
    await keep(card, uow)


async def look_at_hands(complaint_id: str, uow: IntakeUow) -> None:
    """Work whose people or department are gone changes hands (once a day, and whenever somebody opens the card)."""
    card = await open_card(complaint_id, uow)
    if card.written:
        await keep(card, uow)
