"""The CC Card's two sides as they are stored with the complaint: the customer's and the cause's."""

from datetime import datetime

from pydantic import Field

from services.intake.domain.parts import (
    Answer,
    Clock,
    Edit,
    IssueLink,
    Override,
    Pause,
    Rating,
    Referral,
    Removal,
    Ruling,
    SubCase,
    Verification,
)
from shared.contracts.card import CauseState, CustomerState
from shared.db.aggregate import Aggregate

FIRST_ENTRIES = 3
"""Received, classified, assigned: the timeline's first places, told by the complaint itself."""


class Sides(Aggregate):
    """Everything about a card that changes after filing.

    `owner` answers the customer, the people of `subcases` look for the cause. `known_fix` is a fix that was verified
    already and from before which this unit comes. `open`, `due_at`, `waits_for` and `people` follow from the rest
    (`desk.py`); lists are filtered by them. `timer_at` is when the one pending timer comes.
    """

    state: CustomerState = "received"
    cause_state: CauseState = "unknown"
    owner: str | None = None
    subcases: list[SubCase] = Field(default_factory=list)
    clocks: list[Clock] = Field(default_factory=list)
    pauses: list[Pause] = Field(default_factory=list)
    answers: list[Answer] = Field(default_factory=list)
    overrides: list[Override] = Field(default_factory=list)
    edits: dict[str, Edit] = Field(default_factory=dict)
    removal: Removal | None = None
    verification: Verification | None = None
    not_ours: Ruling | None = None
    referral: Referral | None = None
    rating: Rating | None = None
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    quiet_reminded: bool = False
    known_fix: str | None = None
    reopened: int = 0
    issues: list[IssueLink] = Field(default_factory=list)
    issue_id: str | None = None
    closed_at: datetime | None = None
    open: bool = True
    due_at: datetime | None = None
    waits_for: list[str] = Field(default_factory=list)
    people: list[str] = Field(default_factory=list)
    entries: int = FIRST_ENTRIES
    timer_id: str | None = None
    timer_at: datetime | None = None

    @property
    def owing(self) -> list[str]:
        """Departments that still have to give their cause and their prevention of recurrence."""
        looks = self.cause_state in ("unknown", "found", "removing")
        return [subcase.department for subcase in self.subcases if subcase.owes] if looks else []

    def look_anew(self) -> None:
        """The cause's side is unknown again: what was said of its end holds no more."""
        self.removal = self.verification = self.not_ours = self.known_fix = None
        self.quiet_reminded = False

    @property
    def pause(self) -> Pause | None:
        """The pause that lasts now."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].until is None else None

    @property
    def draft(self) -> Answer | None:
        """The answer that is being written."""
        return next((answer for answer in self.answers if answer.sent_at is None), None)

    def subcase(self, department: str) -> SubCase | None:
        """The sub-case of a department."""
        return next((subcase for subcase in self.subcases if subcase.department == department), None)
