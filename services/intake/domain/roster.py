"""Every complaint by what a queue asks for, in memory: exact counts of all facets in a few milliseconds.

Choosing is `and` and `or` of sets of bits, one set a value, one bit a complaint. Why this is not asked of the database
says docs/adr/0016-queue-in-memory.md.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import reduce
from operator import and_
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.intake.domain.bits import Bits, Flags, Mask, everything, flags, how_many, mask_of, nothing
from services.intake.domain.columns import Column, Slots, number_of
from services.intake.domain.remembered import Remembered
from services.intake.domain.rows import ORDERS, Counts, Days, Place, Question, Row
from services.intake.domain.selection import FACETS, TELLING, Facet, Order
from services.intake.domain.values import Part, Values

TOP: Final = 24
"""How many values of a facet with very many are told, those that stand for most."""
MANY_VALUED: Final[tuple[Facet, ...]] = ("product", "assignee", "issue")
MANY: Final = 5_000
"""From so many matches on, a sample says behind which of them the page ends at the latest."""
SAMPLE: Final = 2_000
HALF: Final = 2**64 - 1
FARTHEST: Final = 2**62
"""Beyond every moment; an address may name any number."""


class Roster:
    """All complaints of one process; not for two threads."""

    def __init__(self) -> None:
        self._slots = Slots()
        self._versions = Column(np.uint32)
        self._places = {order: Column(np.int64) for order in ORDERS}
        self._sets: dict[str, dict[str, Bits]] = defaultdict(lambda: defaultdict(Bits))
        self._values = {facet: Values() for facet in MANY_VALUED}
        self._due_at: Days | None = None
        self._due_masks: Mapping[str, Mask] = {}
        self._totals, self._told = Remembered[int](), Remembered[Counts]()

    def __len__(self) -> int:
        return len(self._slots)

    def version(self, id: str) -> int:
        """Which version of a complaint it knows; 0 for none."""
        slot = self._slots.find(id)
        return 0 if slot is None else self._versions[slot]

    def valued(self, facet: Facet, begins: str, limit: int) -> list[str]:
        """Values of a facet with very many that begin so, those that stand for most first."""
        return self._values[facet].beginning(begins.casefold(), limit)

    def place(self, id: str, order: Order) -> Place:
        """Where a complaint that it knows stands in an order."""
        return self._places[order][self._slots.take(id)], id

    def put(self, row: Row) -> None:
        """Take a complaint in, in the place of an older version of it."""
        known, self._due_at = len(self), None
        self._totals.forget()
        self._told.forget()
        slot = self._slots.take(row.id)
        new = slot == known
        self._versions[slot] = row.version
        for order, column in self._places.items():
            column[slot], _ = row.place(order)
        for facet, values in self._values.items():
            values.put(slot, tuple(sorted(value for name, value in row.marks if name == facet)), new=new)
        if not new:
            self._drop(slot, row)
        for name, value in row.marks:
            if name not in self._values:
                self._sets[name][value].put(slot)

    def _drop(self, slot: int, row: Row) -> None:
        """What a complaint no longer is."""
        for name, sets in self._sets.items():
            for value, bits in sets.items():
                if slot in bits and (name, value) not in row.marks:
                    bits.drop(slot)

    def count(self, asked: Question) -> int:
        """How many are wanted; remembered until something changes."""
        return self._totals.of(asked, lambda: how_many(self._matching(asked)))

    def counts(self, asked: Question) -> Counts:
        """For every facet how many each value would show, were it chosen beside what is chosen of the other facets;
        remembered until something changes, because many look at the same list.
        """
        return self._told.of(asked, lambda: self._counts(asked))

    def _counts(self, asked: Question) -> Counts:
        shown, wanted, size = self._shown(asked), asked.wanted, len(self)
        chosen = {facet: self._any(facet, wanted.values(facet), asked.days) for facet in wanted.chosen}
        every = reduce(and_, chosen.values(), shown)
        parts = {False: Part(every, size), True: Part(every & ~self._never(asked), size)}
        told: Counts = {}
        for facet in FACETS:
            among = parts[facet in TELLING]
            if facet in chosen:
                others = reduce(and_, (mask for other, mask in chosen.items() if other != facet), shown)
                among = Part(others & ~self._never(asked) if facet in TELLING else others, size)
            told[facet] = {**dict.fromkeys(wanted.values(facet), 0), **self._counted(facet, among, asked.days)}
        return told

    def page(self, asked: Question, after: Place | None, limit: int) -> list[str]:
        """Ids of those wanted behind a place, in order."""
        order, all_at = asked.wanted.order, self._places[asked.wanted.order].first(len(self))
        wanted = flags(self._matching(asked), len(self))
        if after is not None:
            self._keep_behind(wanted, all_at, after, order)
        slots = np.flatnonzero(_nearest(wanted, all_at, limit))
        high, low = self._halves(slots, order)
        return [self._slots.id(int(slots[n])) for n in np.lexsort((low, high, all_at[slots]))[:limit]]

    def _halves(self, slots: NDArray[np.intp], order: Order) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """What orders those of one moment: their ids, in the list of the newest the highest first, as in MongoDB's."""
        high, low = self._slots.halves(slots)
        return (~high, ~low) if order == "newest" else (high, low)

    def _keep_behind(self, wanted: Flags, all_at: NDArray[np.int64], after: Place, order: Order) -> None:
        """Of those wanted leave the ones behind a place."""
        moment, number = max(-FARTHEST, min(after[0], FARTHEST)), number_of(after[1])
        same = np.flatnonzero(wanted & (all_at == moment))
        wanted &= all_at > moment
        high, low = self._halves(same, order)
        number = ~number if order == "newest" else number
        wall, floor = np.uint64(number >> 64 & HALF), np.uint64(number & HALF)
        wanted[same] = (high > wall) | ((high == wall) & (low > floor))

    def _matching(self, asked: Question) -> Mask:
        mask = self._shown(asked)
        for facet, values in asked.wanted.chosen.items():
            mask = mask & self._any(facet, values, asked.days)
        return mask

    def _shown(self, asked: Question) -> Mask:
        which, size = asked.wanted.which, len(self)
        mask = everything(size) if which == "all" else self._whole("which", which)
        if asked.wanted.chosen.keys() & TELLING:
            mask = mask & ~self._never(asked)
        if asked.within is not None:
            among = np.zeros(size, np.bool_)
            among[[slot for id in asked.within if (slot := self._slots.find(id)) is not None]] = True
            mask = mask & mask_of(among)
        return mask

    def _never(self, asked: Question) -> Mask:
        mask = nothing(len(self))
        for facet, value in asked.never:
            mask |= self._whole(facet, value)
        return mask

    def _any(self, facet: Facet, values: Collection[str], days: Days) -> Mask:
        mask = nothing(len(self))
        spans = self._due(days) if facet == "due" else {}
        for value in values:
            mask |= spans[value] if value in spans else self._whole(facet, value)
        return mask

    def _counted(self, facet: Facet, among: Part, days: Days) -> dict[str, int]:
        if facet in self._values:
            return self._values[facet].counted(among, TOP)
        masks = self._due(days) if facet == "due" else {value: self._whole(facet, value) for value in self._sets[facet]}
        return {value: n for value, mask in masks.items() if (n := how_many(mask & among.mask))}

    def _due(self, days: Days) -> Mapping[str, Mask]:
        if self._due_at != days:
            at = self._places["due"].first(len(self))
            now, tomorrow, next_week = (mask_of(at < moment) for moment in (days.now, days.tomorrow, days.next_week))
            self._due_masks = {"overdue": now, "today": tomorrow & ~now, "week": next_week & ~tomorrow}
            self._due_at = days
        return self._due_masks

    def _whole(self, facet: str, value: str) -> Mask:
        if facet in self._values:
            return self._values[facet].having(value, len(self))
        bits = self._sets[facet].get(value)
        return nothing(len(self)) if bits is None else bits.mask(len(self))


def _nearest(wanted: Flags, all_at: NDArray[np.int64], limit: int) -> Flags:
    """Of very many wanted those among which the first so many are; a sample says how far they likely reach."""
    many = int(np.count_nonzero(wanted))
    if many <= MANY:
        return wanted
    step = many // SAMPLE
    some = all_at[::step][wanted[::step]]
    if len(some):
        near: Flags = wanted & (all_at <= _ranked(some, 4 + 4 * limit * len(some) // many))
        if np.count_nonzero(near) >= limit:
            return near
    return wanted & (all_at <= _ranked(all_at[wanted], limit))


def _ranked(at: NDArray[np.int64], rank: int) -> np.int64:
    rank = min(rank, len(at) - 1)
    ranked: np.int64 = np.partition(at, rank)[rank]
    return ranked
