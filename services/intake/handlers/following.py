"""What a customer adds on the follow page: words and files, into the same timeline that staff read."""

from collections.abc import Sequence

from services.intake.domain.attachment import TooManyAttachments
from services.intake.domain.card import CUSTOMER
from services.intake.domain.complaint import Complaint, Contact
from services.intake.domain.customer import reply
from services.intake.domain.working import updated
from services.intake.handlers.attachments import claim_files
from services.intake.handlers.cards import keep, open_card
from services.intake.handlers.letters import keep_letter
from services.intake.repository.uow import IntakeUow
from shared.errors import NotFound

MOST_TOGETHER = 40
"""Files of one complaint, those that were added later among them."""


async def add_to_complaint(complaint_id: str, words: str, files: Sequence[str], uow: IntakeUow) -> Complaint:
    """More words, more files, or both, from the one who complained."""
    card = await open_card(complaint_id, uow, CUSTOMER)
    if files:
        await _keep_files(card.complaint, files, uow)
        card.write("commented", by_customer="yes", files=len(files))
    if words:
        reply(card, words, uow.rules.card)
        await keep_letter(uow.new_id(), "reply", words, complaint_id, uow)
    else:
        updated(card, "reply")
    return await keep(card, uow)


async def _keep_files(complaint: Complaint, files: Sequence[str], uow: IntakeUow) -> None:
    contact = await uow.get(Contact, complaint.id)
    if contact is None:
        raise NotFound
    if len(complaint.attachments) + len(files) > MOST_TOGETHER:
        raise TooManyAttachments("file", limit=MOST_TOGETHER)
    person = uow.vault.person(contact.key)
    owner = follower(complaint.id)
    complaint.attachments += await claim_files(files, owner, complaint.id, person, uow, "customer")


def follower(complaint_id: str) -> str:
    """Who owns the files that are uploaded on the follow page."""
    return f"follow:{complaint_id}"
