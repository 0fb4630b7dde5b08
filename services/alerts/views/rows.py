"""What one issue shows on the board and on top of its page: finished words and times."""

from dataclasses import dataclass, field
from datetime import datetime

from services.alerts.domain.issue import State
from services.alerts.views.trend import Trend
from shared.contracts.issue import Step
from shared.web.words import Sign


@dataclass(frozen=True, slots=True)
class Deadline:
    """The nearest thing that is due: what, and until when."""

    what: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Ending:
    """How it was closed, in words."""

    at: datetime
    by: str
    finding: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issue. `called` is whom it rings now, by name; `held_until` that it is silent; `contained` in words.

    `because` names the rules too, `brief` does not.
    """

    id: str
    number: str
    title: str
    product: str
    step: Step
    severity: str
    state: State
    sign: Sign
    stage: int
    version: int
    complaints: int
    trend: Trend
    opened_at: datetime
    because: list[str] = field(default_factory=list)
    brief: list[str] = field(default_factory=list)
    deadline: Deadline | None = None
    called: str | None = None
    calls_viewer: bool = False
    waits: bool = False
    given_up: bool = False
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    held_until: datetime | None = None
    done: int = 0
    actions: int = 0
    late: int = 0
    contained: str | None = None
    ending: Ending | None = None
    may_acknowledge: bool = False
