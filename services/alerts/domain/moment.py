"""What happened to an issue (경과): one row a moment, so that nothing of a long story is lost."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from shared.contracts.because import Because
from shared.contracts.issue import Step
from shared.db.aggregate import Aggregate, Document, index

What = Literal[
    "opened",
    "escalated",
    "called",
    "acknowledged",
    "unanswered",
    "given_up",
    "held",
    "action_done",
    "action_skipped",
    "action_undone",
    "action_overdue",
    "containment_ordered",
    "containment_confirmed",
    "containment_overdue",
    "containment_lifted",
    "contained",
    "lowered",
    "silenced",
    "silence_over",
    "closed",
    "reopened",
    "joined",
    "split",
    "notice_published",
]


class Moment(Aggregate):
    """One thing that happened: `n` counts those of its issue from 1. `about` names what it was about, by language."""

    collection: ClassVar[str] = "moments"
    indexes: ClassVar[tuple[Document, ...]] = (index("issue_id", "-n"),)

    issue_id: str
    n: int
    at: datetime
    what: What
    step: Step
    person: str | None = None
    note: str | None = None
    about: dict[str, str] = Field(default_factory=dict)
    because: list[Because] = Field(default_factory=list)
