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


Finding = Literal["real", "false_alarm", "unclear"]
"""What an issue turned out to be when it was closed; from it the precision of alarms is measured."""


class IssueLowered(Event):
    """A person lowered the step, with a reason. No rule ever does."""

    type: ClassVar[str] = "issue.lowered"

    issue_id: str
    number: str
    step: Step
    previous_step: Step
    by: str
    reason: str


class IssueProgressed(Event):
    """An action of the checklist was done, skipped with a reason, or taken back; `done` of `actions` are settled."""

    type: ClassVar[str] = "issue.progressed"

    issue_id: str
    number: str
    step: Step
    action: str
    state: Literal["open", "done", "skipped"]
    by: str
    done: int
    actions: int


class IssueContained(Event):
    """Every department has carried out every containment order that is in force."""

    type: ClassVar[str] = "issue.contained"

    issue_id: str
    number: str
    step: Step
    orders: int
    because: list[Because] = Field(default_factory=list)


class IssueSilenced(Event):
    """Nobody is called about the issue before `until` unless it goes to step 3; without `until` that has ended."""

    type: ClassVar[str] = "issue.silenced"

    issue_id: str
    number: str
    until: datetime | None = None
    by: str | None = None
    reason: str | None = None


class IssueClosed(Event):
    """A person closed the issue, with what it was found to be and why it may be closed."""

    type: ClassVar[str] = "issue.closed"

    issue_id: str
    number: str
    step: Step
    finding: Finding
    reason: str
    by: str
    complaints: int


class IssueReopened(Event):
    """The issue is open again: a person's decision (`by`), or one more complaint of its series (`complaint_id`)."""

    type: ClassVar[str] = "issue.reopened"

    issue_id: str
    number: str
    step: Step
    by: str | None = None
    reason: str | None = None
    complaint_id: str | None = None
    because: list[Because] = Field(default_factory=list)


class IssueJoined(Event):
    """Another issue was found to be the same problem: its complaints count here from now on."""

    type: ClassVar[str] = "issue.joined"

    issue_id: str
    number: str
    joined_id: str
    joined_number: str
    complaints: int
    by: str
    reason: str


class IssueSplit(Event):
    """Complaints were found to be another problem: a joined issue stands alone again, or a new one was made."""

    type: ClassVar[str] = "issue.split"

    issue_id: str
    number: str
    split_id: str
    split_number: str
    complaints: int
    by: str
    reason: str
