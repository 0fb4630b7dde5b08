"""Sets of places as bits, 64 in a word: what is common to several is one `and`, how many there are one count."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint64]
"""One bit a place; the bits behind the last place are not set."""
Flags = NDArray[np.bool_]
"""One truth value a place."""
WORD: Final = 64
FULL: Final = np.uint64(2**64 - 1)
AT_FIRST: Final = 128


def words_for(size: int) -> int:
    """How many words hold so many places."""
    return -(-size // WORD)


class Bits:
    """A set of places out of all, changed one by one."""

    def __init__(self) -> None:
        self._bytes = np.zeros(AT_FIRST, np.uint8)

    def put(self, place: int) -> None:
        """Add a place."""
        if place >> 3 >= len(self._bytes):
            self._reach(words_for(place + 1))
        self._bytes[place >> 3] |= 1 << (place & 7)

    def drop(self, place: int) -> None:
        """Take a place out."""
        self._bytes[place >> 3] &= ~(1 << (place & 7)) & 255

    def __contains__(self, place: int) -> bool:
        return place >> 3 < len(self._bytes) and bool(self._bytes[place >> 3] & 1 << (place & 7))

    def mask(self, size: int) -> Mask:
        """All of it among so many places; not to be written to, and not to be kept."""
        words = words_for(size)
        self._reach(words)
        return self._bytes[: words * 8].view(np.uint64)

    def _reach(self, words: int) -> None:
        """Have so many words. A larger array takes the place of this one, which somebody may be reading."""
        if words * 8 > len(self._bytes):
            grown = np.zeros((words + words // 8) * 8, np.uint8)
            grown[: len(self._bytes)] = self._bytes
            self._bytes = grown


def nothing(size: int) -> Mask:
    """None of so many places."""
    return np.zeros(words_for(size), np.uint64)


def everything(size: int) -> Mask:
    """All of so many places."""
    mask = np.full(words_for(size), FULL)
    if size % WORD:
        mask[-1] >>= np.uint64(WORD - size % WORD)
    return mask


def mask_of(chosen: Flags) -> Mask:
    """The places at which it is true."""
    bits = np.zeros(words_for(len(chosen)) * 8, np.uint8)
    packed = np.packbits(chosen, bitorder="little")
    bits[: len(packed)] = packed
    return bits.view(np.uint64)


def how_many(mask: Mask) -> int:
    """How many places are in it."""
    return int(np.bitwise_count(mask).sum())


def flags(mask: Mask, size: int) -> Flags:
    """Which of so many places are in it; a copy."""
    return np.unpackbits(mask.view(np.uint8), count=size, bitorder="little").view(np.bool_)


def places(mask: Mask) -> NDArray[np.intp]:
    """The places that are in it, from the lowest."""
    return np.flatnonzero(np.unpackbits(mask.view(np.uint8), bitorder="little").view(np.bool_))
