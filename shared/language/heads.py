"""Where phrases may begin: all their first letters as expressions that pass quickly over everything else.

Measured on 400 Korean characters with 660 heads: 13 µs as built here, 46 µs as one tree of alternatives.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

_RANGES = 6


class Heads:
    """First letters of phrases, none of which begins with another one."""

    def __init__(self, heads: Iterable[str]) -> None:
        self.all = _shortest(heads)
        latin = {head for head in self.all if head[0].isascii()}
        # A Latin head is part of one word, so none begins within another; Hangul heads may, and are looked ahead for.
        patterns = (f"({_tree(latin)})" if latin else "", _ranges(self.all - latin))
        self._searches = [re.compile(pattern) for pattern in patterns if pattern]

    def beginning(self, longer: str) -> str:
        """The head that `longer`, the head of a phrase, begins with."""
        return next(longer[:length] for length in range(1, len(longer) + 1) if longer[:length] in self.all)

    def places(self, text: str) -> list[tuple[int, str]]:
        """Each place of `text` that begins with a head, and the head, in order."""
        return sorted((head.start(), head[1]) for search in self._searches for head in search.finditer(text))


def _shortest(heads: Iterable[str]) -> frozenset[str]:
    kept: set[str] = set()
    for head in sorted(set(heads), key=len):
        if not any(head[:length] in kept for length in range(1, len(head))):
            kept.add(head)
    return frozenset(kept)


def _tree(heads: Iterable[str]) -> str:
    """Alternatives that share their first letters: `fire`, `flame` → `f(?:ire|lame)`."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for head in sorted(heads):
        by_letter[head[0]].append(head[1:])
    branches = (re.escape(letter) + _tree(filter(None, rests)) for letter, rests in by_letter.items())
    return f"(?:{'|'.join(branches)})" if by_letter else ""


def _ranges(heads: Collection[str]) -> str:
    """A tree behind two checks that turn most places away: first two letters, and range of the first."""
    if not heads:
        return ""
    single = {head for head in heads if len(head) == 1}
    pairs = set(heads) - single
    may_begin = [_one_of(head[0] for head in pairs) + _one_of(head[1] for head in pairs)] if pairs else []
    may_begin += [_one_of(single)] if single else []
    letters = sorted({head[0] for head in heads})
    step = -(-len(letters) // _RANGES)
    parts = [letters[at : at + step] for at in range(0, len(letters), step)]
    trees = (f"(?={_one_of(part)}){_tree(head for head in heads if head[0] in part)}" for part in parts)
    return f"(?={'|'.join(may_begin)})(?=({'|'.join(trees)}))"


def _one_of(letters: Iterable[str]) -> str:
    return f"[{''.join(re.escape(letter) for letter in sorted(set(letters)))}]"
