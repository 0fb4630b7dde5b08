r"""How rules write the words they look for: a small notation in place of regular expressions.

    화상            these letters, anywhere in a word
    불 이 나        a space: with or without white space between
    (났|난|)        one of these, or nothing
    불이 ~ 번졌     a tilde: up to `within` other characters of the same sentence
    항의*           a star: the rest of the word
    ㄹ 뻔           a lone ㄹ, ㄴ or ㅆ: any one syllable with that final
    <불  났어>      begins, ends a word; phrases of Latin letters only do both by themselves
    don't           an apostrophe of either form, or none

Matching one phrase takes bounded time wherever it starts: nothing in the notation repeats without a limit.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

LONGEST_HEAD = 4
_GAP = "\0"
_FINALS = {"ㄴ": 4, "ㄹ": 8, "ㅆ": 20}
_LETTER = r"[^\W_]"
_OPEN = {" ": r"\s{0,2}", "*": r"\w{0,10}", "'": "['’]?"}
_EDGES = {"<": f"(?<!{_LETTER})", ">": f"(?!{_LETTER})"}

# What a piece may begin with, and whether that is all of it: ("불", False) goes on with anything.
Begins = frozenset[tuple[str, bool]]
_UNKNOWN: Begins = frozenset({("", False)})
_NOTHING: Begins = frozenset({("", True)})
_MAYBE: dict[str, Begins] = {
    " ": frozenset({("", True), (" ", True), ("  ", True)}),
    "'": frozenset({("", True), ("'", True), ("’", True)}),
}


class PhraseError(ValueError):
    """A phrase that is not written in the notation."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as expressions: `pattern` captures each run of words between tildes, `plain` captures nothing.

    `heads` are the letters it can begin with, "" among them when it can begin with anything; any white space in them
    is a blank.
    """

    written: str
    pattern: str
    plain: str
    heads: frozenset[str]


def read_phrase(written: str, within: int = 8) -> Phrase:
    """Read a phrase. Raises PhraseError that says what is wrong with it."""
    text = re.sub(r"\s*~\s*", "~", " ".join(unicodedata.normalize("NFC", written).casefold().split()))
    words, begins = _Reader(text).whole()
    before, after = ("(?<![a-z0-9])", "(?![a-z0-9])") if text.isascii() else ("", "")
    gap = f"[^.!?\\n]{{0,{within}}}?"
    pattern = f"{before}({words.replace(_GAP, f'){gap}(')}){after}"
    plain = f"{before}(?:{words.replace(_GAP, gap)}){after}"
    return Phrase(written, pattern, plain, frozenset(head for head, _ in begins))


def _well_written(written: str) -> str:
    read_phrase(written)
    return written


def _findable(written: str) -> str:
    if "" in read_phrase(written).heads:
        raise PhraseError(f'"{written}": must begin with a letter')
    return written


Cue = Annotated[str, AfterValidator(_well_written)]
"""A phrase in a rules file that is looked for near a place that is known."""

Words = Annotated[str, AfterValidator(_findable)]
"""A phrase in a rules file that is looked for everywhere, and so must begin with a letter."""


class _Reader:
    """Reads one phrase from left to right."""

    def __init__(self, written: str) -> None:
        self.written, self.at, self.depth = written, 0, 0

    def whole(self) -> tuple[str, Begins]:
        pattern, begins = self._sequence()
        if self.at < len(self.written):
            raise PhraseError(f'"{self.written}": "{self._next()}" may stand within brackets only')
        if not pattern or self.written.count("~") > 2:
            raise PhraseError(f'"{self.written}": must have words, and at most two tildes')
        return pattern, begins

    def _sequence(self) -> tuple[str, Begins]:
        pattern, begins = "", _NOTHING
        while self._next() not in {"", "|", ")"}:
            piece, piece_begins = self._piece()
            pattern += piece
            begins = frozenset(_joined(begins, piece_begins))
        return pattern, begins

    def _piece(self) -> tuple[str, Begins]:
        letter = self._next()
        self.at += 1
        if letter == "(":
            return self._group()
        if letter == "~":
            return self._gap(), _UNKNOWN
        if letter in _EDGES:
            return _EDGES[letter], _NOTHING
        if letter in _FINALS:
            return _syllables_with(letter), _UNKNOWN
        if letter in _OPEN:
            return _OPEN[letter], _MAYBE.get(letter, _UNKNOWN)
        return re.escape(letter), frozenset({(letter, True)})

    def _group(self) -> tuple[str, Begins]:
        self.depth += 1
        options = [self._sequence()]
        while self._next() == "|":
            self.at += 1
            options.append(self._sequence())
        if self._next() != ")":
            raise PhraseError(f'"{self.written}": a bracket is not closed')
        self.at += 1
        self.depth -= 1
        begins = frozenset(begin for _, begins in options for begin in begins)
        return f"(?:{'|'.join(pattern for pattern, _ in options)})", begins

    def _gap(self) -> str:
        if self.depth:
            raise PhraseError(f'"{self.written}": a tilde may not stand within brackets')
        return _GAP

    def _next(self) -> str:
        return self.written[self.at] if self.at < len(self.written) else ""


def _joined(begins: Begins, then: Begins) -> Iterator[tuple[str, bool]]:
    for head, whole in begins:
        if not whole:
            yield head, False
        else:
            for more, more_whole in then:
                longer = (head + more)[:LONGEST_HEAD]
                yield longer, more_whole and len(longer) < LONGEST_HEAD


def _syllables_with(final: str) -> str:
    return "[" + "".join(chr(code) for code in range(ord("가") + _FINALS[final], ord("힣") + 1, 28)) + "]"
