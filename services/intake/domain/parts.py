"""What stands on a CC Card beside the complaint itself: pieces of one document. Days are ISO dates (`2026-11-22`)."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from shared.contracts.because import Because
from shared.contracts.card import ClockName, Evidence


class Part(BaseModel):
    """A piece of a card."""


class SubCase(Part):
    """What one department owes: its cause and how it will not happen again, both masked. `assignee` has it in hand,
    for a while when they stand in for somebody (`deputises_for`).

    A cause that was returned stays readable; `given_at` is empty until it is given anew. `fix` is one that was verified
    for this cause before.
    """

    department: str
    assignee: str
    deputises_for: str | None = None
    called_at: datetime
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    cause: str | None = None
    cause_text: str | None = None
    prevention: str | None = None
    given_by: str | None = None
    given_at: datetime | None = None
    returned_by: str | None = None
    returned_because: str | None = None
    fix: str | None = None

    @property
    def owes(self) -> bool:
        """Whether the department still has to answer."""
        return self.given_at is None


class Clock(Part):
    """One time limit. `start_at` and `skipped` (days that did not count) say how `due_at` came about.

    `stage` counts the levels that were called, `next_at` is when the next one is; `late_minutes` of working time the
    customer had to act after the end, which no level is called for.
    """

    name: ClockName
    department: str | None = None
    rule: str
    version: str
    amount: int
    unit: Literal["days", "minutes"]
    pauses: bool
    start_at: datetime
    due_at: datetime
    skipped: list[str] = Field(default_factory=list)
    paused_minutes: int = 0
    late_minutes: int = 0
    stage: int = 0
    next_at: datetime | None = None
    met_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether what it asks for is still to come."""
        return self.met_at is None


class Pause(Part):
    """A time in which the customer has to do something, and clocks that may pause stand still."""

    reason: str
    by: str
    since: datetime
    until: datetime | None = None


class Answer(Part):
    """An answer to the customer; `text` is the masked copy, what was really written is sealed under the same id.

    `writers` are all who wrote in it, the last one last.
    """

    id: str
    stage: Literal["interim", "final"]
    text: str
    remedies: list[str] = Field(default_factory=list)
    recourse: list[str] = Field(default_factory=list)
    writers: list[str] = Field(default_factory=list)
    drafted_at: datetime
    sent_by: str | None = None
    sent_at: datetime | None = None


class Override(Part):
    """A decision of the machine that a person corrected; remembered so that it can be learned from."""

    field: str
    before: str | None
    after: str | None
    by: str
    at: datetime
    reason: str


class Edit(Part):
    """Who wrote a field last, when, and with which version of the card."""

    by: str
    at: datetime
    version: int


class Removal(Part):
    """What is done so that the cause goes, and from which unit on it is gone."""

    text: str
    effective_from: str | None = None
    effective_lot: str | None = None
    by: str
    at: datetime


class Verification(Part):
    """Who verified that the cause is gone, on which evidence."""

    by: str
    at: datetime
    evidence: Evidence
    text: str | None = None
    improvement_id: str | None = None
    effective_from: str
    effective_lot: str | None = None
    because: list[Because] = Field(default_factory=list)


class Ruling(Part):
    """A decision of a person, with its reason (masked)."""

    by: str
    at: datetime
    reason: str


class Referral(Ruling):
    """Where the customer's side was handed over to, and the number it has there."""

    body: str
    number: str | None = None


class Rating(Part):
    """How content the customer is; `words` are masked."""

    stars: int = Field(ge=1, le=5)
    words: str | None = None
    at: datetime


class IssueLink(Part):
    """An issue that told of this complaint; `sequence` is the issue's event that was heard last."""

    issue_id: str
    inside: bool
    sequence: int
