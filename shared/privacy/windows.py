"""Look closely only where something may be: costly patterns run in short windows around cheap signs."""

import re
from collections.abc import Callable, Iterator

_FURTHEST_WORD_START = 20


def mask_near(text: str, sign: re.Pattern[str], before: int, after: int, mask: Callable[[str], str]) -> str:
    """`text` with `mask` applied from `before` characters before each `sign` to `after` behind it."""
    pieces: list[str] = []
    done = 0
    for start, end in _windows(text, sign, before, after):
        pieces += text[done:start], mask(text[start:end])
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def _windows(text: str, sign: re.Pattern[str], before: int, after: int) -> Iterator[tuple[int, int]]:
    """Stretches around the signs, each beginning with a word; those that touch become one."""
    window: tuple[int, int] | None = None
    for found in sign.finditer(text):
        start, end = _word_start(text, max(0, found.start() - before)), found.end() + after
        if window and start <= window[1]:
            window = window[0], max(end, window[1])
            continue
        if window:
            yield window
        window = start, end
    if window:
        yield window


def _word_start(text: str, at: int) -> int:
    for start in range(at, max(0, at - _FURTHEST_WORD_START), -1):
        if text[start - 1].isspace():
            return start
    return max(0, at - _FURTHEST_WORD_START)
