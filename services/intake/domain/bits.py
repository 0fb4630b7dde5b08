"""Sets of places as bits of one whole number: what is common to several is one `and`, how many there are one count."""

from collections.abc import Iterable, Iterator
from typing import Final

_ONE: Final = ord("1")


class Bits:
    """A set of places out of all, changed one by one. `whole` is the same as a number."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._whole: int | None = 0

    def put(self, place: int) -> None:
        """Add a place."""
        if place >> 3 >= len(self._bytes):
            self._bytes.extend(bytes((place >> 3) + 1 + len(self._bytes) // 4 - len(self._bytes)))
        self._bytes[place >> 3] |= 1 << (place & 7)
        self._whole = None

    def drop(self, place: int) -> None:
        """Take a place out."""
        self._bytes[place >> 3] &= ~(1 << (place & 7)) & 255
        self._whole = None

    @property
    def whole(self) -> int:
        """All of it."""
        if self._whole is None:
            self._whole = int.from_bytes(self._bytes, "little")
        return self._whole


class Few:
    """A set of few places out of very many: there may be thousands of such sets."""

    def __init__(self) -> None:
        self._places: set[int] = set()
        self._whole: int | None = 0

    def __len__(self) -> int:
        return len(self._places)

    def put(self, place: int) -> None:
        """Add a place."""
        self._places.add(place)
        self._whole = None

    def drop(self, place: int) -> None:
        """Take a place out."""
        self._places.discard(place)
        self._whole = None

    @property
    def whole(self) -> int:
        """All of it."""
        if self._whole is None:
            self._whole = whole_of(self._places, max(self._places, default=-1) + 1)
        return self._whole


def whole_of(places: Iterable[int], size: int) -> int:
    """These places, all below `size`, as one number."""
    digits = bytearray(b"0") * (size + 1)
    for place in places:
        digits[-1 - place] = _ONE
    return int(digits, 2)


def places(whole: int) -> Iterator[int]:
    """The places that are in it, from the lowest."""
    written = bin(whole)[:1:-1]
    at = written.find("1")
    while at >= 0:
        yield at
        at = written.find("1", at + 1)
