"""The seam: what a search index takes and gives. Tantivy stands behind it; OpenSearch can in a large deployment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from typing import Final, NamedTuple, Protocol

from shared.search.question import Question

_MILLISECOND: Final = 1000
_SPREAD_BITS: Final = 21
_OFFSET: Final = 2_300_000_000_000
"""Milliseconds that lift every moment since 1900 above zero."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as it is found.

    `texts` are searched (masked, like all that is stored); `names` are what it is called by exactly, such as its
    number; `marks` are `field=value` pairs that filters ask for; a higher `order` comes first; `version` tells
    whether the index is behind.
    """

    kind: str
    id: str
    version: int
    order: int
    texts: Sequence[str]
    names: Sequence[str] = ()
    marks: Sequence[str] = ()


class Hit(NamedTuple):
    """A document that was found: its id and its place among the found ones (order or score)."""

    id: str
    place: float


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is looked: documents of one kind that have all of the marks; only those with at most this `order`."""

    kind: str
    marks: Collection[str] = ()
    upto: int | None = None


class SearchIndex(Protocol):
    """An index of one process. What `replace` was given is found as soon as it returns, and survives a kill."""

    async def replace(self, entries: Sequence[Entry], gone: Sequence[tuple[str, str]] = ()) -> None:
        """Put entries in the place of older ones of their kind and id, and take out those that are gone."""
        ...

    async def versions(self, kind: str, ids: Sequence[str]) -> Mapping[str, int]:
        """The versions that it holds of these documents; those that it does not know are missing."""
        ...

    async def named(self, name: str, scope: Scope, limit: int) -> Sequence[Hit]:
        """Documents that are called exactly so."""
        ...

    async def search(
        self, question: Question, scope: Scope, limit: int, *, unnamed: str | None = None
    ) -> Sequence[Hit]:
        """Documents that answer the question, highest order first; not those that are called `unnamed`."""
        ...

    async def like(self, text: str, scope: Scope, limit: int) -> Sequence[Hit]:
        """Documents that share the most telling letters with a text, best first, with a score of its own."""
        ...

    async def rarity(self, grams: Collection[str]) -> Mapping[str, float]:
        """How much each pair of letters tells: the rarer the more."""
        ...

    async def count(self, kind: str) -> int:
        """How many documents of a kind it holds."""
        ...

    async def close(self) -> None:
        """Let everything go; nothing is asked of it afterwards."""
        ...


def order_of(moment: datetime, id: str) -> int:
    """The place of something that happened at a moment, newest highest; the id tells those of one moment apart."""
    spread = int.from_bytes(blake2s(id.encode(), digest_size=4).digest(), "big") >> (32 - _SPREAD_BITS)
    return (int(moment.timestamp() * _MILLISECOND) + _OFFSET) << _SPREAD_BITS | spread


def mark(field: str, value: object) -> str:
    """The mark that a filter asks for."""
    return f"{field}={value}"
