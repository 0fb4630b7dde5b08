"""Answers to the customer: drafted and sent, sealed as they were written, masked on the card."""

from services.intake.domain.answering import Reply, send, write_draft
from services.intake.domain.changes import Drawn
from services.intake.domain.complaint import Complaint
from services.intake.handlers.cards import keep, open_card
from services.intake.handlers.letters import keep_letter
from services.intake.repository.uow import IntakeUow


async def write_answer(complaint_id: str, reply: Reply, drawn: Drawn | None, sends: bool, uow: IntakeUow) -> Complaint:
    """Keep a draft, or send it at once."""
    card = await open_card(complaint_id, uow)
    draft = write_draft(card, uow.new_id(), reply, drawn, uow.rules.card)
    await keep_letter(draft.id, "answer", reply.text, card.complaint.id, uow)
    if sends:
        send(card, draft, uow.rules.card)
    return await keep(card, uow)
