"""What the queue shows: finished words, times and links; titles masked as the viewer sees them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.intake.domain.selection import Selection
from shared.web.words import Sign


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One complaint in the list. `owes` are departments, `people` those who have it in hand, by name.

    `href` opens it beside the list, `part` is its card alone. `due_at` is None when no clock runs.
    """

    id: str
    number: str
    title: str
    product: str
    category: str
    severity: Sign
    state: Sign
    cause: Sign | None
    owes: list[str]
    people: list[str]
    filed_at: datetime
    due_at: datetime | None
    is_paused: bool
    version: int
    href: str
    part: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to choose: how many it would show, and where it leads."""

    word: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet with its values, those that stand for most first. `is_open`: shown without asking."""

    code: str
    word: str
    values: list[FacetValue]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, in words; `href` leads to the same list without it."""

    facet: str
    word: str
    href: str


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A view of the queue. `id` is None for one that comes with a role; `is_theirs`: the viewer may change it."""

    id: str | None
    name: str
    href: str
    count: int
    is_here: bool
    is_pinned: bool = False
    is_shared: bool = False
    is_theirs: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to look at the same."""

    word: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Someone to assign to."""

    id: str
    name: str
    is_viewer: bool = False


@dataclass(frozen=True, slots=True)
class QueueView:
    """The queue. `total` is how many the selection holds; `is_whole` is False while the process still reads.

    `limited` says that a search shows its newest results only. `card` is the card beside the list, if one is open.
    """

    selection: Selection
    rows: list[QueueRow]
    total: int
    facets: list[FacetView]
    chips: list[Chip]
    views: list[ViewLink]
    orders: list[Choice]
    whiches: list[Choice]
    is_whole: bool
    limited: int | None = None
    agents: list[Person] = field(default_factory=list)
    may_assign: bool = False
    may_pick: bool = False
    may_save: bool = False
    next: str | None = None
    first: str | None = None
    clear: str | None = None
    last_event: str | None = None
    card: Any = None
    address: str = ""
    undo: tuple[str, str] | None = None
