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
        self._heads = Heads(head for phrase, _ in known for head in phrase.heads)
        self._behind: dict[str, list[tuple[re.Pattern[str], Meaning]]] = defaultdict(list)
        for phrase, meaning in known:
            pattern = re.compile(phrase.pattern)
            for head in {self._heads.beginning(head) for head in phrase.heads}:
                self._behind[head].append((pattern, meaning))

    def hits(self, text: str) -> Iterator[Hit[Meaning]]:
        """Every phrase at every place of `text` (already folded), in order of place."""
        for start, head in self._heads.places(text):
            for pattern, meaning in self._behind[head]:
                if found := pattern.match(text, start):
                    yield Hit(meaning, start, found.end(), found.regs[1:])


def _findable(phrase: Phrase) -> Phrase:
    if "" in phrase.heads:
        raise PhraseError(f'"{phrase.written}": must begin with a letter')
    return phrase
