"""Numbers of very many complaints, a column each: a few bytes a complaint and no objects."""

import re
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

AT_FIRST: Final = 1024
EMPTY: Final = -1
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HALF: Final = (1 << 64) - 1


class Column:
    """A number for each place. Beyond what was set it holds zeros."""

    def __init__(self, kind: Any) -> None:
        self._numbers: NDArray[Any] = np.zeros(AT_FIRST, kind)

    def __getitem__(self, place: int) -> int:
        return int(self._numbers[place]) if place < len(self._numbers) else 0

    def __setitem__(self, place: int, number: int) -> None:
        if place >= len(self._numbers):
            self.reach(place + 1)
        self._numbers[place] = number

    def first(self, size: int) -> NDArray[Any]:
        """The numbers of so many places; not to be kept."""
        self.reach(size)
        return self._numbers[:size]

    def reach(self, size: int) -> None:
        """Have so many places. A larger array takes the place of this one, which somebody may be reading."""
        if size > len(self._numbers):
            grown = np.zeros(size + size // 8, self._numbers.dtype)
            grown[: len(self._numbers)] = self._numbers
            self._numbers = grown


class Slots:
    """Which place each complaint has, by its id: a UUID in its usual form takes 16 bytes, and a row in a table."""

    def __init__(self) -> None:
        self._high, self._low = Column(np.uint64), Column(np.uint64)
        self._others: dict[int, str] = {}
        self._table = np.full(2 * AT_FIRST, EMPTY, np.int32)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def find(self, id: str) -> int | None:
        """The place of a complaint; None when it has none."""
        slot = int(self._table[self._entry(number_of(id))])
        return None if slot == EMPTY else slot

    def take(self, id: str) -> int:
        """The place of a complaint, a new one behind all others if it has none."""
        number = number_of(id)
        entry = self._entry(number)
        if (slot := int(self._table[entry])) != EMPTY:
            return slot
        self._high[self._size], self._low[self._size] = number >> 64, number & _HALF
        self._table[entry] = self._size
        if not _UUID.fullmatch(id):
            self._others[self._size] = id
        self._size += 1
        if 2 * self._size > len(self._table):
            self._spread()
        return self._size - 1

    def id(self, slot: int) -> str:
        """Which complaint has a place."""
        if slot in self._others:
            return self._others[slot]
        digits = f"{self._high[slot] << 64 | self._low[slot]:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def halves(self, slots: NDArray[np.intp]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """The ids of these places as two numbers each, which are in the order of the ids."""
        return self._high.first(self._size)[slots], self._low.first(self._size)[slots]

    def _entry(self, number: int) -> int:
        """Where in the table a complaint stands, or would stand."""
        high, low, last = number >> 64, number & _HALF, len(self._table) - 1
        entry = low & last  # of ids that are random or digests these bits are as good as any hash
        while (slot := int(self._table[entry])) != EMPTY and (self._low[slot], self._high[slot]) != (low, high):
            entry = entry + 1 & last
        return entry

    def _spread(self) -> None:
        """A table of twice the size."""
        self._table = np.full(2 * len(self._table), EMPTY, np.int32)
        last, lows = len(self._table) - 1, self._low.first(self._size)
        for slot, entry in enumerate((lows & np.uint64(last)).tolist()):
            while self._table[entry] != EMPTY:
                entry = entry + 1 & last
            self._table[entry] = slot


def number_of(id: str) -> int:
    """An id as a number of 128 bits: of UUIDs in the order of the ids, of others in an order of their own."""
    if _UUID.fullmatch(id):
        return int(id.replace("-", ""), 16)
    return int.from_bytes(blake2b(id.encode(), digest_size=16).digest())
