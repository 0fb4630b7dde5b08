"""What a customer really wrote, and how to reach them: shown for a reason, which is written down first."""

from dataclasses import dataclass
from typing import Any

import orjson

from services.intake.domain.access import Access
from services.intake.domain.complaint import Complaint, Contact
from services.intake.handlers.filing import SEALED_FOR
from services.intake.repository.uow import IntakeUow
from shared.db.wants import Want
from shared.errors import Forbidden, NotFound
from shared.privacy.masking import mask
from shared.runtime.clock import KOREA


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What was unsealed. `private` is empty for who may not see how to reach the customer."""

    title: str | None
    body: str
    private: dict[str, Any]


async def disclose(complaint_id: str, purpose: str, uow: IntakeUow) -> Disclosed:
    """Unseal the original for the one who asks, with a row in the log. Raises `NotFound`, `Forbidden`."""
    await uow.fetch(Want(Complaint, "_id", complaint_id), Want(Contact, "_id", complaint_id))
    complaint, contact = await uow.get(Complaint, complaint_id), await uow.get(Contact, complaint_id)
    who = uow.cause.principal
    if complaint is None or contact is None or who is None:
        raise NotFound
    sight = uow.rules.sight.of(who, complaint, uow.organisation, uow.now.astimezone(KOREA).date())
    if not sight.original:
        raise Forbidden
    uow.add(
        Access(
            id=uow.new_id(), at=uow.now, by=who.id, what="contact" if sight.contact else "original",
            subject=complaint.id, complaint_id=complaint.id, purpose=mask(purpose),
        )
    )  # fmt: skip
    person = uow.vault.person(contact.key)
    said = orjson.loads(person.open(contact.original, SEALED_FOR))
    private = orjson.loads(person.open(contact.private, SEALED_FOR)) if sight.contact else {}
    return Disclosed(said.get("title"), said["body"], private)
