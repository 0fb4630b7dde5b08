"""What the board shows."""

from dataclasses import dataclass, field
from datetime import datetime

from services.alerts.views.rows import IssueRow
from shared.web.words import Sign


@dataclass(frozen=True, slots=True)
class MessageView:
    """An in-app message to the viewer. `href` is what it is about."""

    id: str
    at: datetime
    text: str
    href: str
    is_read: bool
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to filter the board, with how many issues it holds; None when they are not counted."""

    href: str
    word: str
    count: int | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in a line; `sign` says how it stands where that is not always the same."""

    number: str
    title: str
    href: str
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters that the address asks for, as a form shows them."""

    state: str
    step: str
    product: str
    mine: bool

    @property
    def is_narrow(self) -> bool:
        """Whether anything beside the state was chosen."""
        return bool(self.step or self.product or self.mine)


@dataclass(frozen=True, slots=True)
class BoardView:
    """The board. `rows` in order, serious first; `last_event` is the newest change that they contain."""

    rows: list[IssueRow]
    tabs: list[Tab]
    asked: Asked
    query: str
    waiting: int
    live: int
    unread_notices: int
    must_read: list[NoticeLine] = field(default_factory=list)
    messages: list[MessageView] = field(default_factory=list)
    unread_messages: int = 0
    last_event: str | None = None
    next: str | None = None
    first: str | None = None

    def at_step(self, step: int) -> list[IssueRow]:
        """The issues at one step, in order."""
        return [row for row in self.rows if row.step == step]
