"""The command topic through which other systems file complaints, and the two answers to it."""

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.event import Event


class FieldProblem(BaseModel):
    """What was wrong with one field and what would be right."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    field: str
    message: str


class ComplaintSubmitted(Event):
    """A complaint handed in by another system (CTI, shop, e-mail gateway).

    `complaint` has the shape of the body of `POST /api/intake/v1/complaints`; intake validates it and answers
    with `submission.accepted` or `submission.refused`. The key is the sender's own: it holds within one `ce_source`.
    Class contact: it may hold personal data.
    """

    type: ClassVar[str] = "complaint.submitted"

    idempotency_key: str = Field(min_length=1, max_length=200)
    complaint: dict[str, object]


class SubmissionAccepted(Event):
    """The submitted complaint is durable under this number."""

    type: ClassVar[str] = "submission.accepted"

    idempotency_key: str
    complaint_id: str
    number: str
    accepted_at: datetime


class SubmissionRefused(Event):
    """The submitted complaint was not taken; `errors` names every field that was wrong."""

    type: ClassVar[str] = "submission.refused"

    idempotency_key: str
    errors: list[FieldProblem]
