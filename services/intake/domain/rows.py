"""What a queue knows of complaints, in which orders they stand, and what is asked of them."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.intake.domain.selection import Due, Facet, Order, Selection

NEVER: Final = 253_000_000_000_000
"""Milliseconds from which on a due time means that there is none."""

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
        """Where it stands in an order."""
        return (self.due, self.id) if order == "due" else (-self.filed, self.id)


@dataclass(frozen=True, slots=True)
class Days:
    """The moments (milliseconds) that tell overdue, today and this week apart."""

    now: int
    tomorrow: int
    next_week: int

    def spans(self) -> Mapping[Due, tuple[int, int]]:
        """From when to when each reaches."""
        return {
            "overdue": (0, self.now),
            "today": (self.now, self.tomorrow),
            "week": (self.tomorrow, self.next_week),
        }


@dataclass(frozen=True, slots=True)
class Question:
    """A selection as it is asked at a moment. `within`: ids among which they have to be.

    `never` are marks of complaints that are kept back where a facet would tell more of them than is shown.
    """

    wanted: Selection
    days: Days
    within: Collection[str] | None = None
    never: tuple[Mark, ...] = ()


class Lines:
    """Complaints in each of their orders."""

    def __init__(self) -> None:
        self._lines: dict[Order, list[Place]] = {"due": [], "newest": []}
        self._sorted = True

    def many_come(self) -> None:
        """They are put in order once, afterwards."""
        self._sorted = False

    def put(self, row: Row, before: Row | None) -> None:
        """Take a complaint in, where it stood or where it stands from now on."""
        for order, line in self._lines.items():
            place = row.place(order)
            if before is None:
                self._stand(line, place)
            elif (there := before.place(order)) != place:
                line = self._line(order)
                del line[bisect_left(line, there)]
                insort(line, place)

    def behind(self, order: Order, after: Place | None) -> Sequence[Place]:
        """All that stand behind a place."""
        line = self._line(order)
        return line[bisect_right(line, after) :] if after else line

    def due_between(self, start: int, end: int) -> Sequence[Place]:
        """Those that are due from a moment until before another."""
        line = self._line("due")
        return line[bisect_left(line, (start, "")) : bisect_left(line, (end, ""))]

    def _line(self, order: Order) -> list[Place]:
        if not self._sorted:
            for line in self._lines.values():
                line.sort()
            self._sorted = True
        return self._lines[order]

    def _stand(self, line: list[Place], place: Place) -> None:
        if self._sorted:
            insort(line, place)
        else:
            line.append(place)
