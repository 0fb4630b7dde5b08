"""Sealing what is written to and by the one who complained."""

from typing import Literal

from services.intake.domain.complaint import Contact
from services.intake.domain.letter import Letter, seal
from services.intake.repository.uow import IntakeUow
from shared.db.wants import Want


async def keep_letter(id: str, kind: Literal["answer", "reply"], text: str, complaint_id: str, uow: IntakeUow) -> None:
    """Seal a text; a draft that is there already is written over. Without a contact there is nobody to seal it for."""
    await uow.fetch(Want(Contact, "_id", complaint_id), Want(Letter, "_id", id))
    contact, letter = await uow.get(Contact, complaint_id), await uow.get(Letter, id)
    if contact is None:
        return
    sealed = seal(text, contact, uow.vault)
    if letter is None:
        uow.add(Letter(id=id, complaint_id=complaint_id, kind=kind, text=sealed))
    else:
        letter.text = sealed
