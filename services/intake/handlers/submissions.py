"""Complaints that other systems hand in by topic (`complaint.submitted`), and the answers to them."""

import json
from hashlib import sha256

from services.intake.domain.acceptance import InTheFuture, future_fields
from services.intake.domain.attachment import UnknownAttachment
from services.intake.domain.complaint import Submission
from services.intake.domain.filing import Filing
from services.intake.handlers.filing import file_complaint
from services.intake.repository.uow import IntakeUow
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

OTHER_CONTENT = _("This key came before with other content; take a new key for a new complaint.")
LANGUAGE = "en"
"""Answers on a topic are read by systems and their makers."""


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
    problems = [
        FieldProblem(field=field, message=translate(InTheFuture.text, LANGUAGE))
        for field in future_fields(filing, uow.now)
    ]
    # Files are uploaded over HTTP by a holder of a key; who sends a record is nobody who could have done that.
    problems += [
        FieldProblem(field=f"attachments.{place}", message=translate(UnknownAttachment.text, LANGUAGE))
        for place in range(len(filing.attachments))
    ]
    return (None if problems else filing), problems


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
