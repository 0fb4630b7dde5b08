"""What waits for somebody: finished words, times and links."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.web.words import Sign


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do. `what` says it in words; `due_at` is None when no clock runs for it."""

    number: str
    title: str
    what: str
    href: str
    severity: Sign
    due_at: datetime | None
    is_paused: bool = False
    version: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """Duties of one kind of day: overdue, today, later."""

    word: str
    tone: str
    duties: list[Duty]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Work that stands in lists of their own; how many, and where."""

    word: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class BrokenCall:
    """A call that broke down; who had it, since when it waits."""

    who: str
    since: datetime


@dataclass(frozen=True, slots=True)
class WorkView:
    """My work. `calls` are calls that broke down and wait to be taken over."""

    groups: list[DutyGroup]
    elsewhere: list[Elsewhere]
    total: int
    more: str | None
    is_whole: bool
    last_event: str | None = None
    calls: list[BrokenCall] = field(default_factory=list)
    queue_href: str = ""
