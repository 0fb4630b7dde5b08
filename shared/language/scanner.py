"""Find many phrases in one pass: a scan for their first letters, then a look at each place that has them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from shared.language.heads import Heads
from shared.language.phrases import Phrase, PhraseError

Meaning = TypeVar("Meaning")


class Hit(NamedTuple, Generic[Meaning]):
    """A phrase at `start:end`; `spans` are its words without what stands between them."""

    meaning: Meaning
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]


class Scanner(Generic[Meaning]):
    """Phrases with what each one means, ready to be looked for together."""

    def __init__(self, phrases: Iterable[tuple[Phrase, Meaning]]) -> None:
        known = [(_findable(phrase), meaning) for phrase, meaning in phrases]
        self._phrases = [(re.compile(phrase.pattern), meaning) for phrase, meaning in known]
        behind: dict[str, list[int]] = defaultdict(list)
        for number, (phrase, _meaning) in enumerate(known):
            for head in _shortest(phrase.heads):
                behind[head].append(number)
        self._heads = Heads(list(behind))
        self._behind = list(behind.values())

    def hits(self, text: str) -> Iterator[Hit[Meaning]]:
        """Every phrase at every place of `text` (already folded), in order of place, then of the phrases."""
        tried = [(start, number) for start, head in self._heads.places(text) for number in self._behind[head]]
        tried.sort()
        for start, number in tried:
            pattern, meaning = self._phrases[number]
            if found := pattern.match(text, start):
                yield Hit(meaning, start, found.end(), found.regs[1:])


def _findable(phrase: Phrase) -> Phrase:
    if "" in phrase.heads:
        raise PhraseError(f'"{phrase.written}": must begin with a letter')
    return phrase


def _shortest(heads: Iterable[str]) -> Iterator[str]:
    """Those that begin with none of the others, so that a phrase is tried once at a place."""
    known = set(heads)
    return (head for head in known if not any(head[:length] in known for length in range(1, len(head))))
