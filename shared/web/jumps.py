"""Numbers that jump: C-2026-000123 in a text leads to its card, I-2026-000007 to its issue."""

import re
from html import escape
from typing import Final

PAGES: Final = {"C": "/intake/complaints/", "I": "/alerts/"}
"""By the first letter of a number, where what it names stands."""
_NUMBER: Final = re.compile(r"(?<![A-Za-z0-9-])([CI])-(\d{4})-(\d{6,9})(?![\d-])")
_TYPED: Final = re.compile(r"\s*([CcIi])[\s-]?(\d{4})[\s-]?(\d{1,9})\s*")
_DIGITS: Final = 6


class Html(str):
    """Mark-up that templates take as it is."""

    def __html__(self) -> str:
        return self


def linked(text: str) -> Html:
    """The text as mark-up, escaped, with its numbers as links."""
    parts: list[str] = []
    end = 0
    for found in _NUMBER.finditer(text):
        parts += [escape(text[end : found.start()]), f'<a href="{PAGES[found[1]]}{found[0]}">{found[0]}</a>']
        end = found.end()
    return Html("".join([*parts, escape(text[end:])]))


def target_of(typed: str) -> str | None:
    """Where a number leads that somebody typed, written as people write it (`i 2026 7`); None when it is none."""
    found = _TYPED.fullmatch(typed)
    if found is None:
        return None
    letter = found[1].upper()
    return f"{PAGES[letter]}{letter}-{found[2]}-{int(found[3]):0{_DIGITS}d}"
