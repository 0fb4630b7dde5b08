"""Filing (접수): whichever way a complaint comes, this is the one handler that takes it."""

import orjson

from services.intake.domain.acceptance import InTheFuture, future_fields, new_complaint
from services.intake.domain.complaint import Complaint, Contact
from services.intake.domain.filing import Filing
from services.intake.repository.uow import IntakeUow

SEALED_FOR = "complaint"


async def file_complaint(filing: Filing, uow: IntakeUow) -> Complaint:
    """Accept a complaint: number, masked copy, classification with reasons, departments, three events."""
    number = await uow.number(uow.number_series())
    for field in future_fields(filing, uow.now):
        raise InTheFuture(field)
    principal = uow.cause.principal
    staff = principal.id if principal and principal.kind == "person" else None
    complaint = uow.add(new_complaint(uow.new_id(), number, filing, staff, uow.rules, uow.organisation, uow.now))
    uow.add(_sealed(complaint.id, filing, uow))
    complaint.tell()
    return complaint


def _sealed(id: str, filing: Filing, uow: IntakeUow) -> Contact:
    """What names people, and the text in the customer's own words, under a key of their own."""
    key = uow.vault.new_person()
    person = uow.vault.person(key)
    private = filing.model_dump_json(include={"contact", "harm"}, exclude_defaults=True).encode()
    original = orjson.dumps({"title": filing.title, "body": filing.body})
    return Contact(id=id, key=key, private=person.seal(private, SEALED_FOR), original=person.seal(original, SEALED_FOR))
