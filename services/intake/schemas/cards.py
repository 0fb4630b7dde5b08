"""Shapes of a card: both sides, clocks with their reasons, what is missing and what may be done."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel

from services.intake.domain.complaint import Complaint
from services.intake.domain.desk import due_of
from services.intake.domain.entry import Entry
from services.intake.domain.parts import Answer, Pause, Rating, Referral, Removal, Ruling, Verification
from services.intake.schemas.complaints import ComplaintOut
from shared.contracts.because import Because
from shared.contracts.card import CauseState, ClockName, CustomerState, Level
from shared.contracts.issue import Step


class CardChanged(BaseModel):
    """The answer to a change: what the card has become. `version` is its ETag."""

    id: str
    number: str
    state: CustomerState
    cause_state: CauseState
    owner: str | None
    owing: list[str]
    due_at: datetime | None
    closed_at: datetime | None
    version: int

    @classmethod
    def of(cls, complaint: Complaint) -> Self:
        """The card after a change."""
        return cls(
            id=complaint.id,
            number=complaint.number,
            state=complaint.state,
            cause_state=complaint.cause_state,
            owner=complaint.owner,
            owing=complaint.owing,
            due_at=due_of(complaint),
            closed_at=complaint.closed_at,
            version=complaint.version,
        )


class SkippedOut(BaseModel):
    """A day that did not count, and why."""

    day: str
    names: dict[str, str]


class ClockOut(BaseModel):
    """One time limit. `stands_still` while we wait for the customer; `next_level` is called at `next_at`."""

    name: ClockName
    department: str | None
    start_at: datetime
    due_at: datetime
    met_at: datetime | None
    is_overdue: bool
    pauses: bool
    stands_still: bool
    next_level: Level | None
    next_at: datetime | None
    skipped: list[SkippedOut]
    source: str | None
    because: Because


class NextOut(BaseModel):
    """What is due next by itself."""

    what: str
    at: datetime


class SubCaseOut(BaseModel):
    """A department's sub-case; `owes` while it has to give its cause and prevention. Texts are masked."""

    department: str
    department_name: dict[str, str]
    owes: bool
    assignee: str
    deputises_for: str | None
    called_at: datetime
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    cause: str | None
    cause_name: dict[str, str] | None
    cause_text: str | None
    prevention: str | None
    given_by: str | None
    given_at: datetime | None
    returned_by: str | None
    returned_because: str | None
    fix: str | None


class IssueOut(BaseModel):
    """The issue that the complaint belongs to, as intake last heard."""

    id: str
    number: str | None
    step: Step
    complaints: int
    acknowledged_by: str | None


class CustomerSide(BaseModel):
    """The customer's side. `objection_until`: until when the customer may object to the answer."""

    state: CustomerState
    owner: str | None
    answers: list[Answer]
    pause: Pause | None
    objection_until: datetime | None
    resolved_at: datetime | None
    referral: Referral | None
    rating: Rating | None


class CauseSide(BaseModel):
    """The cause's side. `quiet_until`: until when it has to stay away before the CS office may verify it."""

    state: CauseState
    owing: list[str]
    subcases: list[SubCaseOut]
    removal: Removal | None
    quiet_until: datetime | None
    verification: Verification | None
    not_ours: Ruling | None
    known_fix: str | None


class MissingOut(BaseModel):
    """One thing that keeps the card open."""

    code: str
    department: str | None
    message: str


class CardOut(ComplaintOut):
    """A complaint with its CC Card. `actions` are the transitions that the state admits and the reader may do."""

    customer_side: CustomerSide
    cause_side: CauseSide
    clocks: list[ClockOut]
    next: NextOut | None
    issue: IssueOut | None
    missing: list[MissingOut]
    actions: list[str]


class EntryOut(BaseModel):
    """One happening in the timeline; `text` is masked, `by` an id of staff, `customer` or `system`."""

    place: int
    at: datetime
    what: str
    by: str
    department: str | None
    text: str | None
    details: dict[str, Any]
    because: list[Because]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """An entry as staff see it."""
        return cls.model_validate(entry.model_dump(exclude={"id", "complaint_id"}))


class OutcomeOut(BaseModel):
    """What became of one complaint among many: its card, or the problem."""

    id: str
    card: CardChanged | None = None
    problem: dict[str, Any] | None = None


class BulkOut(BaseModel):
    """What became of each, in the order asked for."""

    outcomes: list[OutcomeOut]


class PresentOut(BaseModel):
    """Who has the card open, and since when they were last heard."""

    person: str
    name: str
    doing: str
    at: datetime


class AnswerText(BaseModel):
    """An answer as it was really written."""

    id: str
    text: str
