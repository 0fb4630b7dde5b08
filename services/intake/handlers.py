"""Use cases of intake: load, decide, collect; the unit of work commits."""

import json
from hashlib import sha256

import orjson

from services.intake.domain.acceptance import InTheFuture, future_fields, new_complaint
from services.intake.domain.complaint import Complaint, Contact, Submission
from services.intake.domain.filing import Filing
from services.intake.repository import IntakeUow
from shared.contracts.submission import (
    ComplaintSubmitted,
    FieldProblem,
    SubmissionAccepted,
    SubmissionRefused,
)
from shared.language.i18n import _, translate
from shared.runtime.ids import derived_id
from shared.web.bodies import check
from shared.web.field_errors import field_errors

SEALED_FOR = "complaint"
OTHER_CONTENT = _("This key came before with other content; take a new key for a new complaint.")
LANGUAGE = "en"
"""Answers on a topic are read by systems and their makers."""


async def file_complaint(filing: Filing, uow: IntakeUow) -> Complaint:
    """Accept a complaint: number, masked copy, classification with reasons, departments, three events."""
    number = await uow.number(uow.number_series())
    for field in future_fields(filing, uow.now):
        raise InTheFuture(field)
    principal = uow.cause.principal
    staff = principal.id if principal and principal.kind == "person" else None
    complaint = uow.add(new_complaint(uow.new_id(), number, filing, staff, uow.rules, uow.now))
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


async def take_submission(event: ComplaintSubmitted, uow: IntakeUow) -> None:
    """A complaint that another system handed in by topic: filed like any other, and answered."""
    content = sha256(_json(event.complaint)).hexdigest()
    id = derived_id("submission", uow.cause.source, event.idempotency_key)
    known = await uow.get(Submission, id) or uow.add(Submission(id=id, content=content))
    if known.complaint_id is None:
        await _file(event, known, content, uow)
    elif known.content == content:
        _accept(event, known)
    else:
        problem = FieldProblem(field="idempotency_key", message=translate(OTHER_CONTENT, LANGUAGE))
        known.record(SubmissionRefused(idempotency_key=event.idempotency_key, errors=[problem]))


async def _file(event: ComplaintSubmitted, submission: Submission, content: str, uow: IntakeUow) -> None:
    filing, problems = _read(event, uow)
    if filing is None:
        submission.record(SubmissionRefused(idempotency_key=event.idempotency_key, errors=problems))
        return
    complaint = await file_complaint(filing, uow)
    submission.content, submission.complaint_id = content, complaint.id
    submission.number, submission.accepted_at = complaint.number, uow.now
    _accept(event, submission)


def _read(event: ComplaintSubmitted, uow: IntakeUow) -> tuple[Filing | None, list[FieldProblem]]:
    """The filing in a submission, or every field that is wrong."""
    filing, wrong = check(Filing, _json(event.complaint))
    if filing is None:
        return None, [FieldProblem(field=e.field, message=e.message) for e in field_errors(wrong, LANGUAGE)]
    late = future_fields(filing, uow.now)
    return (None if late else filing), [
        FieldProblem(field=field, message=translate(InTheFuture.text, LANGUAGE)) for field in late
    ]


def _json(said: dict[str, object]) -> bytes:
    return json.dumps(said, sort_keys=True).encode()  # takes whole numbers of any length


def _accept(event: ComplaintSubmitted, submission: Submission) -> None:
    if submission.complaint_id and submission.number and submission.accepted_at:
        submission.record(
            SubmissionAccepted(
                idempotency_key=event.idempotency_key,
                complaint_id=submission.complaint_id,
                number=submission.number,
                accepted_at=submission.accepted_at,
            )
        )
