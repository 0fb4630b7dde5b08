"""Facts about an issue (이슈), the problem behind one or more complaints, told by alerts."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from shared.contracts.because import Because
from shared.contracts.complaint import Severity
from shared.contracts.event import Event

Step = Literal[0, 1, 2, 3]
"""0 is watched only; 1–3 bind people to act (풀무원's crisis steps)."""


class IssueOpened(Event):
    """A problem was seen for the first time: this product with this hazard or category."""

    type: ClassVar[str] = "issue.opened"

    issue_id: str
    number: str
    product_code: str | None = None
    product_name: str | None = None
    problem: str
    problem_name: dict[str, str] = Field(default_factory=dict)
    complaint_id: str
    because: list[Because] = Field(default_factory=list)


class IssueGrew(Event):
    """One more complaint belongs to the issue. `complaints` is how many there are now."""

    type: ClassVar[str] = "issue.grew"

    issue_id: str
    complaint_id: str
    complaints: int
    severity: Severity
    because: list[Because] = Field(default_factory=list)


class IssueShrank(Event):
    """A complaint was found to belong elsewhere, so this issue has one fewer."""

    type: ClassVar[str] = "issue.shrank"

    issue_id: str
    complaint_id: str
    complaints: int
    because: list[Because] = Field(default_factory=list)


class IssueEscalated(Event):
    """The issue's step rose, or its call went to the next person because nobody acknowledged in time."""

    type: ClassVar[str] = "issue.escalated"

    issue_id: str
    number: str
    step: Step
    previous_step: Step
    call: int
    called: list[str]
    acknowledge_by: datetime | None = None
    because: list[Because] = Field(default_factory=list)


class IssueAcknowledged(Event):
    """A person took the call; the countdown of this step stops."""

    type: ClassVar[str] = "issue.acknowledged"

    issue_id: str
    number: str
    step: Step
    by: str
