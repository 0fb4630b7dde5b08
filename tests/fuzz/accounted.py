"""What became of each record: an effect, a dead letter with its bytes, or nothing at all, which may never be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.db.aggregate import Document
from tests.fuzz.records import Letter

Place = tuple[int, int]
"""Partition and offset."""


@dataclass(frozen=True)
class Taken:
    """What one consumer has noted. `inbox`: names of what was done or parked; `dead`: letters by place, unsealed;
    `told`: places that stand on its dead letter topic; `effects`: ids of what it has made of good records, None where
    that is not looked at.
    """

    inbox: frozenset[str]
    dead: Mapping[Place, Document]
    told: frozenset[Place]
    effects: frozenset[str] | None = None


def faults(letter: Letter, place: Place, marker: str, headers_kept: frozenset[str], taken: Taken) -> Iterator[str]:
    """What is wrong with the end of a record. `marker` is its name in the inbox, empty when it concerns nobody."""
    buried = taken.dead.get(place)
    if buried is None:
        if marker and marker not in taken.inbox:
            yield "a good record was lost" if letter.good else "a record was lost: neither done nor a dead letter"
        elif letter.good and letter.makes and taken.effects is not None and letter.makes not in taken.effects:
            yield "a good record was done and had no effect"
        return
    if letter.good:
        yield f"a good neighbour became a dead letter: {buried['error']}"
    yield from _as_it_came(letter, buried, headers_kept)
    if place not in taken.told:
        yield "a dead letter is not on its topic"


def _as_it_came(letter: Letter, buried: Document, headers_kept: frozenset[str]) -> Iterator[str]:
    if not buried["error"]:
        yield "a dead letter without its error"
    if (buried["key"] or None, buried["body"]) != (letter.key or None, letter.value):
        yield "a dead letter with other bytes than the record"
    wanted = [(name, value) for name, value in letter.headers if not headers_kept or name in headers_kept]
    if [(name, bytes(value)) for name, value in buried["headers"]] != wanted:
        yield "a dead letter with other headers than the record"


def end_of(letter: Letter, place: Place, marker: str, taken: Taken) -> str:
    """How a case ended, in a word."""
    if place in taken.dead:
        return "buried"
    if not marker:
        return "of no concern"
    return "neighbours done" if letter.good else "done"


def shown(letter: Letter, place: Place, buried: Any) -> str:
    """A case as somebody can look at it."""
    value = letter.value if letter.value is None else letter.value[:600]
    return f"{place} key {letter.key!r} headers {letter.headers!r} value {value!r} → {buried and buried['error']}"[
        :2_000
    ]
