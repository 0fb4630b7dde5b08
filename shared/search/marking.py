"""Where in a text it was found: pieces of the text, the found ones told apart; a page or an answer marks them."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import Final, NamedTuple

from shared.language.text import fold
from shared.search.grams import EDGE, words_of
from shared.search.question import Question

BEFORE: Final = 40
AROUND: Final = 160
MOST_MARKS: Final = 40
_MORE: Final = "…"


class Piece(NamedTuple):
    """A piece of a text as it was written; `found` ones are what was asked for."""

    text: str
    found: bool = False


def marked(text: str, question: Question, length: int | None = None) -> list[Piece]:
    """The text in pieces; with `length` only about so many letters of it, from shortly before the first place."""
    folded = fold(text)
    spans = _merged(_spans(folded.text, question))
    start, end = _window(len(folded.text), spans, length)
    inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    cuts = [start, *(cut for span in inside for cut in span), end]
    pieces = [Piece(folded.as_written(a, b), place % 2 == 1) for place, (a, b) in enumerate(pairwise(cuts)) if a < b]
    before, after = [Piece(_MORE)] if start else [], [Piece(_MORE)] if end < len(folded.text) else []
    return [*before, *pieces, *after]


def is_in(text: str, question: Question) -> bool:
    """Whether anything that was asked for stands in this text."""
    return next(iter(_spans(fold(text).text, question)), None) is not None


def as_html(pieces: Iterable[Piece]) -> str:
    """The pieces as mark-up: everything escaped, the found ones within `<mark>`."""
    return "".join(f"<mark>{escape(p.text)}</mark>" if p.found else escape(p.text) for p in pieces)


def _spans(folded: str, question: Question) -> Iterator[tuple[int, int]]:
    """Places of the words of all terms, at most a few of each."""
    for word in {word for term in question.wanted for form in term.forms() for word in form.split(EDGE)}:
        if len(word) == 1:
            yield from _alone(folded, word)
            continue
        at, times = folded.find(word), 0
        while at >= 0 and times < MOST_MARKS:
            yield at, at + len(word)
            at, times = folded.find(word, at + len(word)), times + 1


def _alone(folded: str, letter: str) -> Iterator[tuple[int, int]]:
    """A single letter counts where a word begins or ends with it."""
    at, times = folded.find(letter), 0
    while at >= 0 and times < MOST_MARKS:
        if not words_of(folded[at - 1 : at] if at else "") or not words_of(folded[at + 1 : at + 2]):
            yield at, at + 1
            times += 1
        at = folded.find(letter, at + 1)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(whole: int, spans: list[tuple[int, int]], length: int | None) -> tuple[int, int]:
    """From shortly before the first place, or from the beginning."""
    if length is None or whole <= length:
        return 0, whole
    start = max(0, spans[0][0] - BEFORE) if spans else 0
    start = min(start, whole - length) if start + length > whole else start
    return start, min(whole, start + length)
