"""What the one who complained does themselves, on the follow page: the number and the secret were checked before."""

from services.intake.domain.card import CUSTOMER
from services.intake.domain.complaint import Complaint
from services.intake.domain.customer import accept, refuse, reopen, reply, withdraw
from services.intake.domain.customer import rate as rated
from services.intake.handlers.cards import keep, open_card
from services.intake.handlers.letters import keep_letter
from services.intake.repository.uow import IntakeUow


async def accept_answer(complaint_id: str, uow: IntakeUow) -> Complaint:
    """The answer is accepted: the customer's side is resolved."""
    card = await open_card(complaint_id, uow, CUSTOMER)
    accept(card, uow.rules.card)
    return await keep(card, uow)


async def refuse_answer(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """The answer is refused: another person reviews it."""
    card = await open_card(complaint_id, uow, CUSTOMER)
    refuse(card, reason, uow.rules.card)
    await keep_letter(uow.new_id(), "reply", reason, complaint_id, uow)
    return await keep(card, uow)


async def withdraw_complaint(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """The complaint is taken back; the cause is looked for all the same."""
    card = await open_card(complaint_id, uow, CUSTOMER)
    withdraw(card, reason, uow.rules.card)
    return await keep(card, uow)


async def ask_to_reopen(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """The customer's side is opened again."""
    card = await open_card(complaint_id, uow, CUSTOMER)
    reopen(card, reason, uow.rules.card)
    await keep_letter(uow.new_id(), "reply", reason, complaint_id, uow)
    return await keep(card, uow)


async def write_back(complaint_id: str, words: str, uow: IntakeUow) -> Complaint:
    """The customer answers a question: clocks that stood still go on."""
    card = await open_card(complaint_id, uow, CUSTOMER)
    reply(card, words, uow.rules.card)
    await keep_letter(uow.new_id(), "reply", words, complaint_id, uow)
    return await keep(card, uow)


async def rate(complaint_id: str, stars: int, words: str | None, uow: IntakeUow) -> Complaint:
    """How content the customer is, from 1 to 5 stars."""
    card = await open_card(complaint_id, uow, CUSTOMER)
    rated(card, stars, words)
    return await keep(card, uow)
