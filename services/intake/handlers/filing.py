"""Filing (접수): whichever way a complaint comes, this is the one handler that takes it."""

from dataclasses import dataclass

import orjson

from services.intake.domain.acceptance import InTheFuture, future_fields, new_complaint
from services.intake.domain.beginning import begin
from services.intake.domain.complaint import Complaint, Contact
from services.intake.domain.filing import Filing
from services.intake.domain.history import past_moment, put_to_rest
from services.intake.domain.products.product import Product, key_of
from services.intake.domain.products.registered import Registered
from services.intake.handlers.attachments import claim_files
from services.intake.handlers.cards import wind
from services.intake.repository.uow import IntakeUow
from shared.db.wants import Want
from shared.privacy.vault import Person

SEALED_FOR = "complaint"


@dataclass(frozen=True, slots=True)
class Filer:
    """Whoever files, beyond what the cause of the unit of work says.

    `uploads_of` owns the files that the filing may name (by default the principal); `secret_hash` is of the secret
    with which someone without an account follows the complaint.
    """

    uploads_of: str | None = None
    secret_hash: str | None = None


async def file_complaint(
    filing: Filing, uow: IntakeUow, *, past: bool = False, filer: Filer | None = None
) -> Complaint:
    """Accept a complaint: number, masked copy, classification with reasons, departments, three events.

    A `past` one (imported history) is counted and learned from: it is filed at its own date and over already.
    """
    for field in future_fields(filing, uow.now):
        raise InTheFuture(field)
    filed_at = past_moment(filing, uow.now) if past else uow.now
    number = uow.number(uow.number_series(filed_at))
    await uow.fetch(number.want, *_product_wanted(filing))
    principal = uow.cause.principal
    staff = principal.id if principal and principal.kind == "person" else None
    known = await _registered(filing, uow)
    complaint = uow.add(
        new_complaint(uow.new_id(), await number, filing, staff, uow.rules, uow.organisation, filed_at, known)
    )
    if past:
        put_to_rest(complaint)
    contact, person = _sealed(complaint.id, filing, uow)
    uow.add(contact).secret_hash = filer.secret_hash if filer else None
    if filing.attachments:
        owner = (filer and filer.uploads_of) or (principal.id if principal else "")
        complaint.attachments = await claim_files(filing.attachments, owner, complaint.id, person, uow)
    complaint.tell()
    in_confidence = complaint.category in uow.rules.sight.about_conduct
    begin(complaint, uow.rules.card, uow.organisation, uow.now, to_heads=in_confidence)
    await wind(complaint, uow)
    return complaint


def _product_wanted(filing: Filing) -> list[Want]:
    code = filing.product.code
    return [Want(Product, "_id", key_of(code))] if code else []


async def _registered(filing: Filing, uow: IntakeUow) -> Registered | None:
    """The product as the register knows it, by the code that was stated."""
    code = filing.product.code
    return Registered.of(await uow.get(Product, key_of(code))) if code else None


def _sealed(id: str, filing: Filing, uow: IntakeUow) -> tuple[Contact, Person]:
    """What names people, and the text in the customer's own words, under a key of their own; and whose key it is."""
    key, person = uow.vault.new_person()
    private = orjson.dumps(filing.private())
    original = orjson.dumps({"title": filing.title, "body": filing.body})
    consent = filing.consent.model_copy(update={"at": filing.consent.at or uow.now}) if filing.consent else None
    sealed = Contact(
        id=id,
        key=key,
        private=person.seal(private, SEALED_FOR),
        original=person.seal(original, SEALED_FOR),
        consent=consent,
    )
    return sealed, person
