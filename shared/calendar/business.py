"""Counting in working time: days and hours on which somebody is there. All moments are aware; answers are in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Literal, TypeVar

from shared.calendar.public_holidays import Country, holidays_of
from shared.calendar.working_time import WEEKDAYS, WorkingTime, load_working_time
from shared.language.i18n import _, translate
from shared.rules import Names
from shared.runtime.clock import KOREA

Ends = Literal["closing", "midnight"]
"""When the last day of a period is over: when the office closes, or at midnight (민법 159조, for what the law sets)."""

ONE_DAY: Final = timedelta(days=1)
NOTHING: Final = timedelta(0)
WEEKEND: Final = _("weekend")
MOST_KNOWN: Final = 4096

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day that does not count, and why."""

    day: date
    names: Names


class BusinessCalendar:
    """Knows which days are worked and from when to when."""

    def __init__(self, working_time: WorkingTime, country: Country = "KR") -> None:
        self._country: Country = country
        self.version = working_time.version
        self._opens, self._closes = working_time.hours
        self._length = working_time.length
        self._weekend = frozenset(WEEKDAYS.index(day) for day in working_time.weekend)
        self._company = {holiday.day: holiday.names for holiday in working_time.company_holidays}
        self._worked: dict[date, bool] = {}
        self._closed: dict[tuple[date, date], tuple[ClosedDay, ...]] = {}
        self._ends: dict[tuple[date, int], date] = {}

    @classmethod
    def load(cls, override: Path | None = None, country: Country = "KR") -> "BusinessCalendar":
        """The calendar of the shipped hours, or of the company's own, with a country's public holidays."""
        return cls(load_working_time(override), country)

    def is_business_day(self, day: date) -> bool:
        """Whether the company works on this day. Raises `BeyondCalendar`."""
        known = self._worked.get(day)
        if known is None:
            known = self._worked[day] = self.why_closed(day) is None
        return known

    def why_closed(self, day: date) -> Names | None:
        """Why nobody works on this day: a holiday by its name, or the weekend; None on a business day."""
        holiday = holidays_of(day.year, self._country).get(day) or self._company.get(day)
        if holiday is None and day.weekday() in self._weekend:
            return Names(ko=translate(WEEKEND, "ko"), en=translate(WEEKEND, "en"))
        return holiday

    def closed_days(self, start: datetime, end: datetime) -> tuple[ClosedDay, ...]:
        """The days after that of `start`, up to that of `end`, that do not count."""
        first, last = _day(start), _day(end)
        known = self._closed.get((first, last))
        if known is None:
            days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
            known = tuple(ClosedDay(day, names) for day in days if (names := self.why_closed(day)))
            _keep(self._closed, (first, last), known)
        return known

    def add_business_days(self, start: datetime, days: int, ends: Ends = "closing") -> datetime:
        """The end of the `days`-th business day after that of `start`, which itself is not counted (민법 157조)."""
        first = _day(start)
        last = self._ends.get((first, days))
        if last is None:
            last = self._count(first, days)
            _keep(self._ends, (first, days), last)
        return _moment(last, self._closes) if ends == "closing" else _moment(last + ONE_DAY, time.min)

    def _count(self, day: date, days: int) -> date:
        for _nth in range(days):
            day += ONE_DAY
            while not self.is_business_day(day):
                day += ONE_DAY
        return day

    def add_business_time(self, start: datetime, span: timedelta) -> datetime:
        """When `span` of working time will have passed since `start`; no span: the next moment that is worked."""
        moment, left = self._next_worked(start), span
        while left > (today := _moment(_day(moment), self._closes) - moment):
            left -= today
            moment = self._next_worked(_moment(_day(moment), self._closes))
        return moment + left

    def subtract_business_time(self, end: datetime, span: timedelta) -> datetime:
        """The moment from which `span` of working time is left until `end`; the latest one if there are several."""
        moment, left = self._last_worked(end), span
        while left > (today := moment - _moment(_day(moment), self._opens)):
            left -= today
            moment = self._last_worked(_moment(_day(moment), self._opens))
        return moment - left

    def business_time_between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; nothing when `end` is not later."""
        first, last = _day(start), _day(end)
        if end <= start:
            return NOTHING
        if first == last:
            return self._worked_on(first, start, end)
        whole, day = 0, first + ONE_DAY
        while day < last:
            whole += self.is_business_day(day)
            day += ONE_DAY
        return self._worked_on(first, start, end) + whole * self._length + self._worked_on(last, start, end)

    def _worked_on(self, day: date, start: datetime, end: datetime) -> timedelta:
        if not self.is_business_day(day):
            return NOTHING
        return max(NOTHING, min(end, _moment(day, self._closes)) - max(start, _moment(day, self._opens)))

    def _next_worked(self, moment: datetime) -> datetime:
        """The moment itself if it lies in working time, else when the office opens next."""
        day = _day(moment)
        if self.is_business_day(day) and moment < _moment(day, self._closes):
            return max(moment, _moment(day, self._opens)).astimezone(UTC)
        day += ONE_DAY
        while not self.is_business_day(day):
            day += ONE_DAY
        return _moment(day, self._opens)

    def _last_worked(self, moment: datetime) -> datetime:
        """The moment itself if it lies in working time, else when the office closed last."""
        day = _day(moment)
        if self.is_business_day(day) and moment > _moment(day, self._opens):
            return min(moment, _moment(day, self._closes)).astimezone(UTC)
        day -= ONE_DAY
        while not self.is_business_day(day):
            day -= ONE_DAY
        return _moment(day, self._closes)


def _keep(known: dict[K, V], key: K, value: V) -> None:
    """Remember an answer; all are forgotten now and then, so that they stay few."""
    if len(known) >= MOST_KNOWN:
        known.clear()
    known[key] = value


def _day(moment: datetime) -> date:
    """The day on which a moment falls in Korea."""
    return moment.astimezone(KOREA).date()


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, KOREA).astimezone(UTC)
