"""Time comes in from outside: code asks a clock, tests move one."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final, Protocol

KOREA: Final = timezone(timedelta(hours=9), "KST")
"""Korea has had no summer time since 1988."""


class Clock(Protocol):
    """Says what time it is, in UTC at a resolution of one millisecond (what MongoDB keeps)."""

    def now(self) -> datetime:
        """The time now, aware, UTC."""
        ...


def year_in_korea(moment: datetime) -> int:
    """The year of readable numbers."""
    return moment.astimezone(KOREA).year


def to_milliseconds(moment: datetime) -> datetime:
    """The moment cut to whole milliseconds."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time now, aware, UTC."""
        return to_milliseconds(datetime.now(UTC))


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = to_milliseconds(start)

    def now(self) -> datetime:
        """The time it was set to."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by
