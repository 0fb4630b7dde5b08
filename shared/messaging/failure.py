"""When a consumer tries again, when it stops, and what it never does: skip a record silently."""

import asyncio
from collections import deque
from time import monotonic

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


class TooManyDeadLetters(Exception):
    """More records failed within the window than the limit allows; something is wrong with more than one record."""


class DeadLetterLimit:
    """At most `most` dead letters within `window` seconds; a flood stops the consumer instead of draining it."""

    def __init__(self, most: int, window: float) -> None:
        self._most, self._window = most, window
        self._times: deque[float] = deque()

    def check(self, more: int) -> None:
        """Raise `TooManyDeadLetters` when `more` would be too many; they are not counted by this."""
        now = monotonic()
        while self._times and self._times[0] < now - self._window:
            self._times.popleft()
        if len(self._times) + more > self._most:
            raise TooManyDeadLetters(f"{len(self._times) + more} within {self._window:.0f} s, limit {self._most}")

    def count(self, more: int) -> None:
        """Count `more` dead letters that have been written."""
        self._times.extend([monotonic()] * more)


class Patience:
    """Waits longer and longer between tries, and gives up in good time before Kafka would."""

    def __init__(self, seconds: float) -> None:
        self._until = monotonic() + seconds
        self._pause = FIRST_PAUSE

    async def wait(self, error: Exception) -> None:
        """Wait before the next try; raises `error` when patience is at its end."""
        if monotonic() + self._pause > self._until:
            raise error
        await asyncio.sleep(self._pause)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
