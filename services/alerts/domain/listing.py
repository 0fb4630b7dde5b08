"""How issues are found in lists: on which shelves they stand, in which place there, and by which product.

A list is one shelf in the order of places, so that one index gives it as it is wanted, whatever else is asked.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from shared.search.grams import EDGE, gram_set, line_of, words_of


def shelf(name: str, step: int | None = None) -> str:
    """A shelf, or the part of it that holds one step."""
    return name if step is None else f"{name}:{step}"


def rings(person: str) -> str:
    """The shelf of what rings a person now."""
    return f"rings {person}"


def shelves(names: Iterable[str], step: int) -> list[str]:
    """Where an issue stands: whole shelves, and their parts of its step."""
    return [shelf(name, part) for name in names for part in (None, step)]


def place(step: int, due_at: datetime, id: str) -> str:
    """The place of an open issue, as text that sorts: the highest step first, then the nearest deadline."""
    return f"{3 - step} {place_by_time(due_at, id)}"


def place_by_time(at: datetime, id: str) -> str:
    """The place of a closed issue, by when it was closed."""
    return f"{at.astimezone(UTC).isoformat(timespec='milliseconds')} {id}"


@lru_cache(maxsize=4096)  # an issue is written more often than its product changes
def product_found_by(code: str | None, name: str | None) -> tuple[str, list[str]]:
    """A product's code and name as words between edges, and the letters and pairs of letters in them."""
    words = "".join(line_of(text) for text in (code, name) if text)
    return words, sorted({*words, *gram_set(words)})


def product_asked(part: str) -> tuple[str, list[str]]:
    """What a product's words have to contain when somebody typed a part of them; never found if that has no letter."""
    words = EDGE.join(words_of(part)) or " "
    return words, sorted(gram_set(words)) or [words]
