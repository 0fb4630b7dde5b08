"""What a number and a secret open, and everything that is shown of it."""

from typing import Any

import orjson
from fastapi import Request

from services.intake.domain.complaint import Contact
from services.intake.domain.entry import first_entries
from services.intake.domain.letter import read_letter
from services.intake.domain.secret import is_secret
from services.intake.handlers.filing import SEALED_FOR
from services.intake.presenting.following import Followed
from services.intake.repository.cards import Cards
from services.intake.repository.complaints import Complaints
from services.intake.repository.contacts import Contacts
from shared.privacy.vault import VaultError

MOST_ENTRIES = 500
_NO_ID = "-"


async def opened_by(number: str, secret: str, request: Request) -> str | None:
    """The id of the complaint that both open, else None. The same work is done whichever of them is wrong."""
    mongo = request.app.state.running.mongo
    complaint = await Complaints(mongo).one(number) if number.startswith("C-") else None
    contact = await Contacts(mongo).one(complaint.id if complaint else _NO_ID)
    right = is_secret(secret, contact.secret_hash if contact else None)
    return complaint.id if complaint and right else None


async def followed(complaint_id: str, request: Request) -> Followed | None:
    """Everything about one complaint, for the one who complained; None when it is gone."""
    running = request.app.state.running
    complaint = await Complaints(running.mongo).one(complaint_id)
    contact = await Contacts(running.mongo).one(complaint_id)
    if complaint is None or contact is None:
        return None
    cards = Cards(running.mongo)
    written = await cards.entries(complaint.id, 0, MOST_ENTRIES)
    letters = {
        letter.id: read_letter(letter, contact, running.vault)
        for letter in await cards.letters(complaint.id)
        if letter.kind == "answer"
    }
    original = _original(contact, running.vault)
    return Followed(
        complaint=complaint,
        contact=contact,
        entries=[*first_entries(complaint), *written],
        letters=letters,
        title=original.get("title") or complaint.title,
        said=original.get("body") or complaint.body,
    )


def _original(contact: Contact, vault: Any) -> dict[str, Any]:
    """The customer's own words; empty when their key was destroyed."""
    try:
        said: dict[str, Any] = orjson.loads(vault.person(contact.key).open(contact.original, SEALED_FOR))
    except VaultError:
        return {}
    return said
