"""Text made equal for matching, and the way back to what a person wrote."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
# Letters that may join the one before them: vowels and finals of Hangul in any width, half-width sound marks.
_JOINING = (
    "\u1160-\u11ff\ud7b0-\ud7fb\u3133\u3135\u3136\u313a-\u3140\u314f-\u3163"
    "\uff9e\uff9f\uffa3\uffa5\uffa6\uffaa-\uffb0\uffc2-\uffdc"
)
_MOST_MARKS = 30
# Most Korean and English texts: nothing in them is changed but case.
_PLAIN = re.compile("[\x00-\x7f가-힣]*")


@dataclass(frozen=True)
class Folded:
    """`text` is for matching (NFKC, no invisible characters, no case); `written` is what it was made from.

    `aligned` says that both have the same characters at the same places.
    """

    text: str
    written: str
    aligned: bool

    def as_written(self, start: int, end: int) -> str:
        """The words at `text[start:end]` as they stand in `written` (whole clusters where these changed)."""
        if self.aligned:
            return self.written[start:end]
        if self._origins.length != len(self.text) or start >= end:
            return self.text[start:end]
        return self.written[self._origins.of(start)[0] : self._origins.of(end - 1)[1]]

    @cached_property
    def _origins(self) -> "_Origins":
        return _Origins(self.written)


@lru_cache(maxsize=8)  # several rules read the same text one after the other
def fold(written: str) -> Folded:
    """Make `written` equal for matching. Any string is fine: lone surrogates, emoji, right-to-left text.

    Takes time linear in the length: marks piled on one letter, which normalisation sorts in quadratic time,
    are kept to 30 as in Unicode's stream-safe format (UAX 15).
    """
    if _PLAIN.fullmatch(written):
        return Folded(written.lower(), written, aligned=True)
    visible = _normal(written)
    text = visible.casefold()
    return Folded(text, written, aligned=visible == written and len(text) == len(written))


def _normal(written: str) -> str:
    visible = _INVISIBLES.sub("", written)
    if _mark().search(visible):
        visible = _piled_marks().sub(r"\1", visible)
    return unicodedata.normalize("NFKC", visible)


@cache
def _marks() -> str:
    """Combining marks as a character class; beyond the first plane by whole historic scripts, for speed."""
    first_plane = (chr(code) for code in range(0x300, 0x10000) if unicodedata.combining(chr(code)))
    return "".join(first_plane) + "\U000101fd-\U0001d244\U0001e000-\U0001e94a"


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(f"[{_marks()}]")


@cache
def _piled_marks() -> re.Pattern[str]:
    return re.compile(f"([{_marks()}]{{{_MOST_MARKS}}})[{_marks()}]+")


@cache
def _clusters() -> re.Pattern[str]:
    joining = f"[{_INVISIBLE}{_JOINING}{_marks()}]"
    return re.compile(f"([\x00-\x7f가-힣]+)(?!{joining})|.{joining}*", re.DOTALL)


class _Origins:
    """Where in `written` the characters of its folded text come from: one entry a stretch of equal kind.

    `length` is how many characters were found to come from somewhere.
    """

    def __init__(self, written: str) -> None:
        self._starts: list[int] = []
        self._stretches: list[tuple[int, int, bool]] = []
        self.length = 0
        for cluster in _clusters().finditer(written):
            start, end = cluster.span()
            length = end - start if cluster[1] else len(_normal(cluster[0]).casefold())
            if length:
                self._starts.append(self.length)
                self._stretches.append((start, end, length == end - start))
                self.length += length

    def of(self, at: int) -> tuple[int, int]:
        """Start and end of what the character at `at` was made from: one character, or a whole cluster."""
        stretch = bisect_right(self._starts, at) - 1
        start, end, one_by_one = self._stretches[stretch]
        if not one_by_one:
            return start, end
        place = start + at - self._starts[stretch]
        return place, place + 1
