"""Find many phrases in one pass: one scan for their first letters, then a look at each place that has them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from shared.language.phrases import Phrase, PhraseError

Meaning = TypeVar("Meaning")


class Hit(NamedTuple, Generic[Meaning]):
    """A phrase at `start:end`; `spans` are its words without what stands between them."""

    meaning: Meaning
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]


class Scanner(Generic[Meaning]):
    """Phrases with what each one means, ready to be looked for together.

    The heads become one expression shaped as a tree by first letter, which passes over text without a head at
    some 20 ns a character, however many phrases there are.
    """

    def __init__(self, phrases: Iterable[tuple[Phrase, Meaning]]) -> None:
        self._behind: dict[str, list[tuple[re.Pattern[str], Meaning]]] = defaultdict(list)
        known = list(phrases)
        heads = _shortest(head for phrase, _ in known for head in phrase.heads)
        for phrase, meaning in known:
            if "" in phrase.heads:
                raise PhraseError(f'"{phrase.written}": must begin with a letter')
            pattern = re.compile(phrase.pattern)
            for head in {_beginning(head, heads) for head in phrase.heads}:
                self._behind[head].append((pattern, meaning))
        self._heads = re.compile(_tree(heads)) if heads else None

    def hits(self, text: str, start: int = 0) -> Iterator[Hit[Meaning]]:
        """Every phrase at every place of `text` (already folded), in order of place."""
        if self._heads is None:
            return
        search = self._heads.search
        while head := search(text, start):
            start = head.start()
            for pattern, meaning in self._behind[head.group()]:
                if found := pattern.match(text, start):
                    yield Hit(meaning, start, found.end(), found.regs[1:])
            start += 1


def _shortest(heads: Iterable[str]) -> frozenset[str]:
    """Without those that begin with another one, so that one place has one head."""
    kept: set[str] = set()
    for head in sorted(set(heads), key=len):
        if not any(head[:length] in kept for length in range(1, len(head))):
            kept.add(head)
    return frozenset(kept)


def _beginning(head: str, heads: frozenset[str]) -> str:
    return next(head[:length] for length in range(1, len(head) + 1) if head[:length] in heads)


def _tree(heads: Iterable[str]) -> str:
    by_letter: dict[str, list[str]] = defaultdict(list)
    for head in sorted(heads):
        by_letter[head[0]].append(head[1:])
    branches = [re.escape(letter) + (_tree(rests) if any(rests) else "") for letter, rests in by_letter.items()]
    return f"(?:{'|'.join(branches)})"
