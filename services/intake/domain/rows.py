"""What a queue knows of complaints, in which orders they stand, and what is asked of them."""

from dataclasses import dataclass
from typing import Final, get_args

from services.intake.domain.selection import Facet, Order, Selection

NEVER: Final = 253_000_000_000_000
"""Milliseconds from which on a due time means that there is none."""

ORDERS: Final[tuple[Order, ...]] = get_args(Order)
Mark = tuple[str, str]
Place = tuple[int, str]
"""Where a complaint stands in an order: milliseconds (negative for the newest first), then its id."""
Counts = dict[Facet, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """What a queue knows of a complaint. `marks` are facet and value; `filed` and `due` are milliseconds."""

    id: str
    version: int
    filed: int
    due: int
    marks: frozenset[Mark]

    def place(self, order: Order) -> Place:
        """Where it stands in an order; those that are never due come last, the newest of them first."""
        if order == "newest":
            return -self.filed, self.id
        return self.due if self.due < NEVER else 2 * NEVER - self.filed, self.id


@dataclass(frozen=True, slots=True)
class Days:
    """The moments (milliseconds) that tell overdue, today and this week apart."""

    now: int
    tomorrow: int
    next_week: int


@dataclass(frozen=True, slots=True)
class Question:
    """A selection as it is asked at a moment. `within`: ids among which they have to be.

    `never` are marks of complaints that are kept back where a facet would tell more of them than is shown.
    """

    wanted: Selection
    days: Days
    within: frozenset[str] | None = None
    never: tuple[Mark, ...] = ()
