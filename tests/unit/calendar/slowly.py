"""The business calendar once more, in the most obvious way: day by day and minute by minute."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from shared.calendar.business import BusinessCalendar
from shared.runtime.clock import KOREA

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def is_worked(calendar: BusinessCalendar, minute: datetime) -> bool:
    """Whether somebody works in the minute that begins then."""
    here = minute.astimezone(KOREA)
    return calendar.why_closed(here.date()) is None and 9 <= here.hour < 18


def minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    """The minutes between two whole minutes."""
    while start < end:
        yield start
        start += MINUTE


def between(calendar: BusinessCalendar, start: datetime, end: datetime) -> timedelta:
    """Working time between two whole minutes."""
    return sum((MINUTE for minute in minutes(start, end) if is_worked(calendar, minute)), timedelta(0))


def after(calendar: BusinessCalendar, start: datetime, span: timedelta) -> datetime:
    """The first moment by which so much working time has passed."""
    moment, left = start, span
    while left:
        left -= MINUTE if is_worked(calendar, moment) else timedelta(0)
        moment += MINUTE
    return moment


def nth_business_day(calendar: BusinessCalendar, start: date, days: int) -> date:
    """The so-manieth business day after a day."""
    day = start
    while days:
        day += DAY
        days -= calendar.why_closed(day) is None
    return day
