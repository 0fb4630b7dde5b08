"""How like two texts are, from 0 to 1: pure, without a dictionary, for Korean and English.

Two views, and the geometric mean of them. Three neighbouring *jamo* (the parts of Korean syllables) see through
endings: 고장났어요 and 고장 났습니다 share most of theirs. Pairs of letters, weighed by how rare they are, keep what
stands in every complaint ("안녕하세요 … 부탁드립니다") from making two of them alike. What both have is measured more
against the shorter text than against the longer one, because one is often still being typed. The figures are in
docs/adr/0015-search.md.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import Final

from shared.search.grams import EDGE, line_of

LONGEST: Final = 2_000
"""Letters of a text that are compared; what a complaint is about stands in them."""
_JAMO: Final = 3
_SHORTER: Final = 0.7
"""How much of the measure the shorter text is; at 0.5 this would be Dice's coefficient."""

Weigh = Callable[[str], float]


def _alike(gram: str) -> float:
    return 1.0


@dataclass(frozen=True)
class Reading:
    """A text read for comparing, so that one text can be compared with many."""

    text: str

    @cached_property
    def pairs(self) -> Counter[str]:
        """Pairs of letters."""
        return Counter(self._line[at : at + 2] for at in range(len(self._line) - 1))

    @cached_property
    def jamo(self) -> Counter[str]:
        """Three neighbouring jamo."""
        parts = unicodedata.normalize("NFD", self._line)
        return Counter(parts[at : at + _JAMO] for at in range(len(parts) - _JAMO + 1))

    @cached_property
    def _line(self) -> str:
        line = line_of(self.text)[:LONGEST]
        return line if line != EDGE else ""


def likeness(one: Reading, other: Reading, weigh: Weigh = _alike) -> float:
    """From 0 (nothing in common) to 1 (the same letters); `weigh` says how much a pair of letters tells."""
    if not one.pairs or not other.pairs:
        return 0.0
    return sqrt(_shared(one.jamo, other.jamo, _alike) * _shared(one.pairs, other.pairs, weigh))


def _shared(one: Counter[str], other: Counter[str], weigh: Weigh) -> float:
    """The weight of what both have over the weight of either, more of the lighter one (Tversky's index)."""
    common = _weight(one & other, weigh)
    lighter, heavier = sorted((_weight(one, weigh), _weight(other, weigh)))
    whole = _SHORTER * lighter + (1 - _SHORTER) * heavier
    return min(1.0, common / whole) if whole else 0.0


def _weight(counted: Counter[str], weigh: Weigh) -> float:
    return sum(count * weigh(gram) for gram, count in counted.items())


def rarity(documents: int, having: int) -> float:
    """How much it tells that something stands in `having` of so many documents."""
    return log(1 + documents / (having + 0.5))


def weigh_by(texts: Iterable[Reading]) -> Weigh:
    """Weights from a set of texts itself."""
    having: Counter[str] = Counter()
    documents = 0
    for text in texts:
        documents += 1
        having.update(text.pairs.keys())
    return lambda gram: rarity(documents, having[gram])


def weigh_as(known: Mapping[str, float]) -> Weigh:
    """Weights that are known; a pair that is not among them tells nothing."""
    return lambda gram: known.get(gram, 0.0)
