"""Every complaint by what a queue asks for, in memory: exact counts of all facets in a few milliseconds.

Choosing is `and` and `or` of sets of bits, one set a value, one bit a complaint. Why this is not asked of the database
says docs/adr/0016-queue-in-memory.md.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import nlargest
from typing import Final

from services.intake.domain.bits import Bits, Few, places, whole_of
from services.intake.domain.rows import Counts, Days, Lines, Mark, Place, Question, Row
from services.intake.domain.selection import FACETS, TELLING, Facet, Order

FEW: Final = 3_000
"""Up to so many matches are put in order one by one; of more, the order of all is walked along."""
COUNTED: Final = 800
"""Up to so many matches are counted one by one; of more, only the values are that stand for most of all."""
TOP: Final = 24
"""How many values of a facet with very many are told, those that stand for most."""
SOME: Final = 100
"""Changes after which the values that stand for most are looked for anew."""
MANY_VALUED: Final = frozenset({"product", "assignee", "issue"})


class Roster:
    """All complaints of one process; not for two threads."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._slots: dict[str, int] = {}
        self._sets: dict[str, dict[str, Bits | Few]] = defaultdict(dict)
        self._lines = Lines()
        self._puts = 0
        self._tops: dict[str, tuple[int, list[str]]] = {}
        self._due_at: Days | None = None
        self._due_sets: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def version(self, id: str) -> int:
        """Which version of a complaint it knows; 0 for none."""
        slot = self._slots.get(id)
        return 0 if slot is None else self._rows[slot].version

    def valued(self, facet: Facet, begins: str, limit: int) -> list[str]:
        """Values of a facet with very many that begin so, those that stand for most first."""
        begins = begins.casefold()
        found = (value for value in self._sets[facet] if value.casefold().startswith(begins))
        return nlargest(limit, found, key=lambda value: self._size(facet, value))

    def place(self, id: str, order: Order) -> Place:
        """Where a complaint that it knows stands in an order."""
        return self._rows[self._slots[id]].place(order)

    def put(self, row: Row) -> None:
        """Take a complaint in, in the place of an older version of it."""
        slot, self._due_at = self._slots.get(row.id), None
        self._puts += 1
        before = None if slot is None else self._rows[slot]
        self._lines.put(row, before)
        if slot is None:
            slot = self._slots[row.id] = len(self._rows)
            self._rows.append(row)
        self._rows[slot] = row
        there = before.marks if before else frozenset[Mark]()
        gone, come = there - row.marks, row.marks - there
        for facet, value in gone:
            self._sets[facet][value].drop(slot)
        for facet, value in come:
            self._set(facet, value).put(slot)

    def fill(self, rows: Iterable[Row]) -> None:
        """Take in very many; they are put in order once, afterwards."""
        self._lines.many_come()
        for row in rows:
            self.put(row)

    def count(self, asked: Question) -> int:
        """How many are wanted."""
        return self._matching(asked).bit_count()

    def counts(self, asked: Question) -> Counts:
        """For every facet how many each value would show, were it chosen beside what is chosen of the other facets."""
        shown, wanted = self._shown(asked), asked.wanted
        chosen = {facet: self._any(facet, wanted.values(facet), asked.days) for facet in wanted.chosen}
        told: Counts = {}
        for facet in FACETS:
            others = shown & ~self._never(asked) if facet in TELLING else shown
            for other, mask in chosen.items():
                others &= others if other == facet else mask
            found = self._counted(facet, others, asked.days)
            told[facet] = {**dict.fromkeys(wanted.values(facet), 0), **found}
        return told

    def page(self, asked: Question, after: Place | None, limit: int) -> list[str]:
        """Ids of those wanted behind a place, in order."""
        matching, order = self._matching(asked), asked.wanted.order
        few = matching.bit_count() <= FEW
        found = self._few(matching, order, after) if few else self._many(matching, order, after)
        return [id for (_, id), _ in zip(found, range(limit), strict=False)]

    def _few(self, matching: int, order: Order, after: Place | None) -> Iterator[Place]:
        line = sorted(self._rows[slot].place(order) for slot in places(matching))
        yield from line[bisect_right(line, after) if after else 0 :]

    def _many(self, matching: int, order: Order, after: Place | None) -> Iterator[Place]:
        bits = matching.to_bytes(len(self._rows) // 8 + 1, "little")
        slots = self._slots
        for place in self._lines.behind(order, after):
            slot = slots[place[1]]
            if bits[slot >> 3] >> (slot & 7) & 1:
                yield place

    def _matching(self, asked: Question) -> int:
        mask = self._shown(asked)
        for facet, values in asked.wanted.chosen.items():
            mask &= self._any(facet, values, asked.days)
        return mask

    def _shown(self, asked: Question) -> int:
        which = asked.wanted.which
        mask = (1 << len(self._rows)) - 1 if which == "all" else self._whole("which", which)
        if asked.wanted.chosen.keys() & TELLING:
            mask &= ~self._never(asked)
        if asked.within is not None:
            mask &= whole_of((self._slots[id] for id in asked.within if id in self._slots), len(self))
        return mask

    def _never(self, asked: Question) -> int:
        mask = 0
        for facet, value in asked.never:
            mask |= self._whole(facet, value)
        return mask

    def _any(self, facet: Facet, values: Collection[str], days: Days) -> int:
        spans = self._due(days) if facet == "due" else None
        mask = 0
        for value in values:
            mask |= spans.get(value, 0) if spans is not None else self._whole(facet, value)
        return mask

    def _counted(self, facet: Facet, among: int, days: Days) -> dict[str, int]:
        if facet == "due":
            masks: Mapping[str, int] = self._due(days)
        elif facet not in MANY_VALUED:
            masks = {value: of.whole for value, of in self._sets[facet].items()}
        elif among.bit_count() <= COUNTED:
            marks = (mark for slot in places(among) for mark in self._rows[slot].marks)
            return dict(Counter(value for name, value in marks if name == facet).most_common(TOP))
        else:
            masks = {value: self._whole(facet, value) for value in self._top(facet)}
        return {value: n for value, mask in masks.items() if (n := (mask & among).bit_count())}

    def _top(self, facet: Facet) -> list[str]:
        """The values that stand for most; looked for anew now and then, because it takes a while."""
        puts, top = self._tops.get(facet, (-SOME, []))
        if self._puts - puts >= SOME:
            top = nlargest(TOP, self._sets[facet], key=lambda value: self._size(facet, value))
            self._tops[facet] = self._puts, top
        return top

    def _due(self, days: Days) -> dict[str, int]:
        if self._due_at != days:
            slots = self._slots
            self._due_sets = {
                due: whole_of((slots[id] for _, id in self._lines.due_between(*span)), len(self))
                for due, span in days.spans().items()
            }
            self._due_at = days
        return self._due_sets

    def _set(self, facet: str, value: str) -> Bits | Few:
        of = self._sets[facet]
        if value not in of:
            of[value] = Few() if facet in MANY_VALUED else Bits()
        return of[value]

    def _whole(self, facet: str, value: str) -> int:
        found = self._sets[facet].get(value)
        return found.whole if found else 0

    def _size(self, facet: str, value: str) -> int:
        found = self._sets[facet].get(value)
        return len(found) if isinstance(found, Few) else 0
