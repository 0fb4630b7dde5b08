"""A facet with very many values, such as products: of each complaint one number says which values it has."""

from array import array
from functools import cached_property
from heapq import nlargest
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.intake.domain.bits import Mask, how_many, mask_of, nothing, places
from services.intake.domain.columns import Column

NONE: Final = 0
"""The number of no value at all."""


class Part:
    """Some of so many places, for facets that look at the same ones: the smaller part is made out once."""

    def __init__(self, mask: Mask, size: int) -> None:
        self.mask, self.size = mask, size

    @cached_property
    def is_smaller(self) -> bool:
        """Whether these are fewer than the others."""
        return 2 * how_many(self.mask) <= self.size

    @cached_property
    def smaller(self) -> NDArray[np.intp]:
        """These, or the others where those are fewer."""
        here = places(self.mask if self.is_smaller else ~self.mask)
        return here[here < self.size]


class Values:
    """Which values each place has. Every combination of values that occurs has a number; most are one value alone."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {(): NONE}
        self._sizes = Column(np.int64)
        self._of = Column(np.uint32)
        self._names: list[str] = []
        self._named: dict[str, int] = {}
        self._combined, self._value = array("I"), array("I")
        """Combination and value, a pair for each value of each combination."""

    def put(self, place: int, values: tuple[str, ...], *, new: bool) -> None:
        """What a place has from now on, in order."""
        number = self._numbers.get(values)
        if number is None:
            number = self._combine(values)
        if not new:
            self._sizes[self._of[place]] -= 1
        self._of[place] = number
        self._sizes[number] += 1

    def having(self, value: str, size: int) -> Mask:
        """Those of so many places that have a value."""
        named = self._named.get(value)
        if named is None:
            return nothing(size)
        numbers = np.frombuffer(self._combined, np.uint32)[np.frombuffer(self._value, np.uint32) == named]
        of = self._of.first(size)
        if len(numbers) == 1:
            return mask_of(of == numbers[0])
        wanted = np.zeros(len(self._numbers), np.bool_)
        wanted[numbers] = True
        return mask_of(wanted[of])

    def counted(self, among: Part, most: int) -> dict[str, int]:
        """How many of some places have each value, those that stand for most; looks at the smaller part of all."""
        found = np.bincount(self._of.first(among.size)[among.smaller], minlength=len(self._numbers))
        return self._told(found if among.is_smaller else self._sizes.first(len(self._numbers)) - found, most)

    def beginning(self, begins: str, most: int) -> list[str]:
        """Values that begin so, those that stand for most first."""
        sizes = self._by_value(self._sizes.first(len(self._numbers)))
        found = (n for n, name in enumerate(self._names) if sizes[n] and name.casefold().startswith(begins))
        return [self._names[n] for n in nlargest(most, found, key=sizes.__getitem__)]

    def _told(self, found: NDArray[np.int64], most: int) -> dict[str, int]:
        sizes = self._by_value(found)
        top = np.argsort(-sizes, kind="stable")[:most]
        return {self._names[n]: int(sizes[n]) for n in top if sizes[n]}

    def _by_value(self, found: NDArray[np.int64]) -> NDArray[np.int64]:
        """Of counts by combination those by value."""
        combined, value = np.frombuffer(self._combined, np.uint32), np.frombuffer(self._value, np.uint32)
        return np.bincount(value, weights=found[combined], minlength=len(self._names)).astype(np.int64)

    def _combine(self, values: tuple[str, ...]) -> int:
        number = self._numbers[values] = len(self._numbers)
        for value in values:
            if value not in self._named:
                self._named[value] = len(self._names)
                self._names.append(value)
            self._combined.append(number)
            self._value.append(self._named[value])
        return number
