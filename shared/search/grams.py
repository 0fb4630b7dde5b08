"""Texts as overlapping pairs of letters, in which a Korean noun is found wherever it stands in a word.

    "환불이 안 돼요"  ->  words 환불이 · 안 · 돼요  ->  line "_환불이_안_돼요_"
                      ->  _환 환불 불이 이_ _안 안_ _돼 돼요 요_

A word boundary is a letter of its own (`_`), so 환불 is not found in "교환 불가", and a word's beginning and end can be
asked for. Whatever is no letter, digit, mark or picture is a boundary.
"""

import operator
import unicodedata
from itertools import islice
from typing import Final

from shared.language.text import fold

EDGE: Final = "_"


class _Letters(dict[int, str]):
    """What each character is read as; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kind = unicodedata.category(letter)
        read = letter if kind[0] in "LNM" or kind == "So" else " "
        self[code] = read
        return read


_LETTERS: Final = _Letters()


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return fold(text).text.translate(_LETTERS).split()


def line_of(text: str) -> str:
    """The words of a text between edges; an edge alone for a text without a word."""
    words = words_of(text)
    return f"{EDGE}{EDGE.join(words)}{EDGE}" if words else EDGE


def grams_of(line: str) -> str:
    """Every pair of neighbours in a line, joined by spaces."""
    return " ".join(map(operator.add, line, islice(line, 1, None)))


def gram_set(line: str) -> set[str]:
    """The different pairs of neighbours in a line."""
    return set(map(operator.add, line, islice(line, 1, None)))
