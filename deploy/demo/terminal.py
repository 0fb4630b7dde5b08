"""Text on a terminal: Korean letters are two columns wide, colours stand only where somebody sees them."""

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, Self, TextIO

Tone = Literal["plain", "dim", "bold", "head", "good", "warn", "alarm", "link"]

_CODES: Final[dict[Tone, str]] = {
    "plain": "",
    "dim": "2",
    "bold": "1",
    "head": "1;36",
    "good": "32",
    "warn": "33",
    "alarm": "1;31",
    "link": "4;34",
}
_WIDEST, _NARROWEST = 110, 40
_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def width(text: str) -> int:
    """Columns that a text takes."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if letter in _JOINERS or unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """The text on one line of at most so many columns, with … where something was left out."""
    line = _CONTROL.sub(" ", text).strip()
    if width(line) <= columns:
        return line
    kept, used = "", 0
    for letter in line:
        used += _columns(letter)
        if used > columns - 1:
            break
        kept += letter
    return kept.rstrip() + "…"


def fill(text: str, columns: int) -> str:
    """The text with blanks behind it up to so many columns."""
    return text + " " * max(0, columns - width(text))


def wrap(text: str, columns: int) -> Iterator[str]:
    """The text in lines of at most so many columns; breaks between words, and inside one only if it is too long."""
    line = ""
    for word in _CONTROL.sub(" ", text).split():
        while width(word) > columns:
            room = columns - width(line) - 1 if line else columns
            head = _head(word, room) if room > columns // 3 else ""
            if head:
                yield f"{line} {head}" if line else head
                word = word[len(head) :]
            else:
                yield line
            line = ""
        if line and width(line) + 1 + width(word) > columns:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield line


def _head(word: str, columns: int) -> str:
    used = 0
    for place, letter in enumerate(word):
        used += _columns(letter)
        if used > columns:
            return word[:place]
    return word


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the story is told: its width in columns, and whether it shows colours."""

    out: TextIO
    columns: int
    colours: bool

    @classmethod
    def of(cls, out: TextIO) -> Self:
        """What this stream is: colours on a terminal only, and not where NO_COLOR says so (no-color.org)."""
        seen = out.isatty()
        size = shutil.get_terminal_size((80, 24)).columns if seen else 80
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        return cls(out, max(_NARROWEST, min(_WIDEST, size)), seen and not plain)

    def paint(self, text: str, tone: Tone) -> str:
        """The text in a tone; as it is where there are no colours."""
        return f"\033[{_CODES[tone]}m{text}\033[0m" if self.colours and _CODES[tone] else text

    def line(self, text: str = "", tone: Tone = "plain") -> None:
        """One line; lines are seen at once, also through a pipe."""
        print(self.paint(text, tone), file=self.out, flush=True)

    def part(self, *pieces: tuple[str, Tone]) -> None:
        """One line of pieces, each in its tone."""
        print("".join(self.paint(text, tone) for text, tone in pieces), file=self.out, flush=True)

    def block(self, text: str, tone: Tone = "plain", indent: int = 0) -> None:
        """A paragraph within the width."""
        for line in wrap(text, self.columns - indent):
            self.line(" " * indent + line, tone)


def terminal() -> Terminal:
    """Standard output."""
    return Terminal.of(sys.stdout)
