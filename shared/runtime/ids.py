"""Ids: random for what people start, derived for what follows from it."""

from collections.abc import Callable
from uuid import UUID, uuid4, uuid5

_SPACE = UUID("6f1c3f0e-9a55-4d0e-8f57-0c6d0a7c0c35")

NewId = Callable[[], str]


def random_id() -> str:
    """An id for something that a request starts."""
    return str(uuid4())


def derived_id(*parts: object) -> str:
    """The id that follows from its parts (consumer, causing event, n): the same whenever it is made again."""
    return str(uuid5(_SPACE, "\x1f".join(map(str, parts))))
