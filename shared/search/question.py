"""What a person types into a search box, read: words that all have to be there, phrases, and what must not be.

이물질 두유            both
"유통 기한"            these words in this order
환불 -배송             the first without the second
RC-880                 a code, with or without its hyphen
"""

import re
from dataclasses import dataclass
from typing import Final

from shared.search.grams import EDGE, words_of

MOST_TERMS: Final = 12
LONGEST_TERM: Final = 60
SHORTEST_COMPOUND: Final = 4
LONGEST_COMPOUND: Final = 12
_TERM: Final = re.compile(r"""(?P<without>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))""")
_CURLY: Final = str.maketrans("“”„‟″＂", '""""""')
_HANGUL: Final = re.compile("[가-힣]+")
_TURN: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: its words joined by edges. `quoted` ones are taken exactly as they stand."""

    text: str
    quoted: bool = False

    def forms(self) -> tuple[str, ...]:
        """How it may be written: a compound with or without a space inside, a code with or without its hyphen."""
        if self.quoted:
            return (self.text,)
        return tuple(dict.fromkeys([self.text, *self._joined(), *self._parted()]))

    def _joined(self) -> list[str]:
        return [self.text.replace(EDGE, "")] if EDGE in self.text else []

    def _parted(self) -> list[str]:
        if _HANGUL.fullmatch(self.text):
            length = len(self.text)
            ends = range(2, length - 1) if SHORTEST_COMPOUND <= length <= LONGEST_COMPOUND else ()
            return [f"{self.text[:end]}{EDGE}{self.text[end:]}" for end in ends]
        return [] if EDGE in self.text else [_TURN.sub(EDGE, self.text)]


@dataclass(frozen=True, slots=True)
class Question:
    """All of `wanted`, none of `unwanted`. `begins`: a word has to begin with what is wanted; `inside`: a single letter
    may stand anywhere in one."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    begins: bool = False
    inside: bool = False

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.wanted or self.unwanted)


def read_question(typed: str, *, begins: bool = False, inside: bool = False) -> Question:
    """The question in what was typed; an empty one when there is no letter in it. Never refuses anything."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in _TERM.finditer(typed.translate(_CURLY)):
        phrase, word = found["phrase"], found["word"]
        text = EDGE.join(words_of(phrase if word is None else word))[:LONGEST_TERM].strip(EDGE)
        if text and len(wanted) + len(unwanted) < MOST_TERMS:
            (unwanted if found["without"] else wanted).append(Term(text, quoted=word is None))
    return Question(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)), begins, inside)
