"""Health in a text: from where it is spoken of to the end of the sentence, only its kind is shown."""

import re
from collections.abc import Iterable
from typing import Final

from shared.language.i18n import _, translate
from shared.language.phrases import Words, read_phrase
from shared.language.scanner import Scanner
from shared.language.text import fold

WITHIN: Final = 12
KIND_ONLY: Final = _("[health: {kinds}]")
UNNAMED: Final = _("not shown")
_SENTENCE_END: Final = re.compile(r"[.!?…。\n]")
_JOINS: Final = "|".join(
    f"(?<={ending})" for ending in ("고", "며", "서", "나", "는데", "은데", "지만", "니까", "다가", "자")
)
_CLAUSE_END: Final = re.compile(rf"(?:[,;]|(?<!에서)(?<!께서)(?<!로서)(?<!한테서)(?:{_JOINS}))\s")
"""Where a clause ends: at a comma, and after endings by which Korean joins clauses."""


class HealthWords:
    """The words by which a text speaks of health, ready to be looked for."""

    def __init__(self, words: Iterable[Words]) -> None:
        self._scanner: Scanner[None] = Scanner((read_phrase(phrase, WITHIN), None) for phrase in words)

    def hide(self, text: str, kinds: str, language: str, also: Iterable[str] = ()) -> str:
        """The text without what it says of health; `kinds` are named instead, `also` are further words as written."""
        starts = sorted({*self._starts(text), *_places(text, also)})
        if not starts:
            return text
        instead = translate(KIND_ONLY, language, kinds=kinds or translate(UNNAMED, language))
        parts: list[str] = []
        shown_from = 0
        for start in starts:
            if start < shown_from:
                continue
            ending = _SENTENCE_END.search(text, start)
            parts += [text[shown_from : max(shown_from, _clause_of(text, start))], instead]
            shown_from = ending.start() if ending else len(text)
        return "".join([*parts, text[shown_from:]])

    def _starts(self, text: str) -> Iterable[int]:
        folded = fold(text)
        if folded.aligned:
            return (hit.start for hit in self._scanner.hits(folded.text))
        hits = (folded.as_written(hit.start, hit.end) for hit in self._scanner.hits(folded.text))
        return (max(text.find(words), 0) for words in hits)


def _places(text: str, words: Iterable[str]) -> Iterable[int]:
    return (place for word in words if word and (place := text.find(word)) >= 0)


def _clause_of(text: str, place: int) -> int:
    """Where the clause begins in which a place stands."""
    begin = max((end.end() for end in _SENTENCE_END.finditer(text, 0, place)), default=0)
    begin += len(text[begin:place]) - len(text[begin:place].lstrip())
    return max((end.end() for end in _CLAUSE_END.finditer(text, begin, place)), default=begin)
