"""What the pages of alerts show: finished words and times; `because` and `text` are sentences."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Step = Literal[0, 1, 2, 3]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One issue on the board. `called` are the people whom it rings now, by name.

    `due_at` is when the call goes on to the next person; None when nothing counts down.
    """

    id: str
    number: str
    title: str
    step: Step
    severity: str
    state: str
    version: int
    complaints: int
    opened_at: datetime
    because: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    due_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to acknowledge it."""
        return self.acknowledged_at is None and self.step > 0


@dataclass(frozen=True, slots=True)
class MessageView:
    """An in-app message to the viewer. `href` is what it is about."""

    at: datetime
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """The board. `rows` in order, serious first; `last_event` is the newest change that they contain."""

    rows: list[BoardRow]
    messages: list[MessageView] = field(default_factory=list)
    last_event: str | None = None
    next: str | None = None
    first: str | None = None

    @property
    def waiting(self) -> int:
        """How many issues nobody has acknowledged."""
        return sum(row.waits for row in self.rows)

    def at_step(self, step: int) -> list[BoardRow]:
        """The issues at one step, in order."""
        return [row for row in self.rows if row.step == step]


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action of the playbook."""

    text: str
    done_by: str | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MomentView:
    """One entry of the timeline."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """One complaint behind the issue."""

    number: str
    title: str
    href: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class IssueView:
    """One issue as a page. `next` and `first` are links to more complaints."""

    row: BoardRow
    actions: list[ActionView] = field(default_factory=list)
    timeline: list[MomentView] = field(default_factory=list)
    complaints: list[ComplaintView] = field(default_factory=list)
    next: str | None = None
    first: str | None = None
    last_event: str | None = None
