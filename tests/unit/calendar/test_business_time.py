"""Counting in working time: the quick way finds what the slow and obvious one finds, over any holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.calendar.business import BusinessCalendar
from shared.calendar.public_holidays import LAST_YEAR, BeyondCalendar
from shared.calendar.working_time import CompanyHoliday, load_working_time
from shared.rules import Names
from shared.runtime.clock import KOREA
from tests.unit.calendar import slowly

CALENDAR = BusinessCalendar.load()
FOUNDING = CompanyHoliday(day=date(2026, 11, 25), names=Names(ko="창립기념일", en="Founding day"))
WITH_FOUNDING_DAY = BusinessCalendar(load_working_time().model_copy(update={"company_holidays": [FOUNDING]}))

whole_minutes = st.integers(0, 1175 * 1440).map(
    lambda minutes: datetime(2024, 12, 20, tzinfo=UTC) + timedelta(minutes=minutes)
)
calendars = st.sampled_from([CALENDAR, WITH_FOUNDING_DAY])


def korea(day: str, time: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}:00+09:00")


@settings(max_examples=60)
@given(calendar=calendars, start=whole_minutes, span=st.integers(0, 12 * 1440))
def test_working_time_between_is_what_counting_minutes_finds(
    calendar: BusinessCalendar, start: datetime, span: int
) -> None:
    end = start + timedelta(minutes=span)
    assert calendar.business_time_between(start, end) == slowly.between(calendar, start, end)


@settings(max_examples=60)
@given(calendar=calendars, start=whole_minutes, span=st.integers(1, 30 * 60))
def test_adding_working_time_is_what_counting_minutes_finds(
    calendar: BusinessCalendar, start: datetime, span: int
) -> None:
    assert calendar.add_business_time(start, timedelta(minutes=span)) == slowly.after(
        calendar, start, timedelta(minutes=span)
    )


@given(calendar=calendars, start=whole_minutes, days=st.integers(1, 40))
def test_adding_business_days_is_what_counting_days_finds(
    calendar: BusinessCalendar, start: datetime, days: int
) -> None:
    last = slowly.nth_business_day(calendar, start.astimezone(KOREA).date(), days)
    assert calendar.add_business_days(start, days).astimezone(KOREA) == korea(last.isoformat(), "18:00")
    midnight = korea((last + timedelta(days=1)).isoformat(), "00:00")
    assert calendar.add_business_days(start, days, "midnight") == midnight


@given(calendar=calendars, start=whole_minutes, span=st.integers(0, 100 * 60))
def test_what_is_added_lies_between(calendar: BusinessCalendar, start: datetime, span: int) -> None:
    spent = timedelta(minutes=span)
    end = calendar.add_business_time(start, spent)
    assert calendar.business_time_between(start, end) == spent
    assert calendar.business_time_between(calendar.subtract_business_time(end, spent), end) == spent


@given(calendar=calendars, start=whole_minutes, first=st.integers(0, 9000), second=st.integers(0, 9000))
def test_two_spans_in_a_row_are_one(calendar: BusinessCalendar, start: datetime, first: int, second: int) -> None:
    middle = start + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    between = calendar.business_time_between
    assert between(start, middle) + between(middle, end) == between(start, end)


@given(calendar=calendars, start=whole_minutes, days=st.integers(1, 30))
def test_every_day_on_the_way_is_counted_or_says_why_not(
    calendar: BusinessCalendar, start: datetime, days: int
) -> None:
    end = calendar.add_business_days(start, days)
    passed = (end.astimezone(KOREA).date() - start.astimezone(KOREA).date()).days
    assert passed == days + len(calendar.closed_days(start, end))


@pytest.mark.parametrize(
    ("start", "days", "end", "names"),
    [
        ("2025-12-30", 3, "2026-01-05", ["신정연휴", "주말", "주말"]),
        ("2026-02-13", 3, "2026-02-23", ["주말", "주말", "설날 전날", "설날", "설날 다음날", "주말", "주말"]),
        ("2026-09-23", 3, "2026-09-30", ["추석 전날", "추석", "추석 다음날", "주말"]),
        ("2025-10-02", 1, "2025-10-10", ["개천절", "주말", "추석 전날", "추석", "추석 다음날", "추석 대체 휴일",
                                         "한글날"]),
        ("2025-02-28", 1, "2025-03-04", ["삼일절", "주말", "삼일절 대체 휴일"]),
        ("2026-08-14", 1, "2026-08-18", ["광복절", "주말", "광복절 대체 휴일"]),
        ("2027-02-05", 1, "2027-02-10", ["설날 전날", "설날", "설날 다음날", "설날 대체 휴일"]),
        ("2027-12-24", 1, "2027-12-28", ["기독탄신일", "주말", "기독탄신일 대체 휴일"]),
        ("2025-06-02", 1, "2025-06-04", ["대통령 선거일"]),
        ("2028-02-28", 2, "2028-03-02", ["삼일절"]),
        ("2027-02-26", 2, "2027-03-03", ["주말", "주말", "삼일절"]),
    ],
    ids=[
        "New Year", "Seollal 2026", "Chuseok 2026", "the long Chuseok of 2025", "substitute of a Saturday",
        "substitute of Liberation Day", "substitute of Seollal 2027", "substitute of Christmas 2027", "an election",
        "a leap day counts", "no leap day",
    ],
)  # fmt: skip
def test_holidays_do_not_count(start: str, days: int, end: str, names: list[str]) -> None:
    until = CALENDAR.add_business_days(korea(start), days)
    assert until == korea(end, "18:00")
    assert [closed.names.ko for closed in CALENDAR.closed_days(korea(start), until)] == names


def test_a_company_holiday_does_not_count_either() -> None:
    assert WITH_FOUNDING_DAY.add_business_days(korea("2026-11-24"), 1) == korea("2026-11-26", "18:00")
    assert WITH_FOUNDING_DAY.business_time_between(korea("2026-11-25", "00:00"), korea("2026-11-26", "00:00")) == (
        timedelta(0)
    )


def test_the_night_belongs_to_nobody() -> None:
    assert CALENDAR.add_business_time(korea("2026-11-20", "17:30"), timedelta(hours=1)) == korea("2026-11-23", "09:30")
    assert CALENDAR.add_business_time(korea("2026-11-21"), timedelta(0)) == korea("2026-11-23", "09:00")
    assert CALENDAR.add_business_time(korea("2026-11-20", "09:00"), timedelta(hours=9)) == korea("2026-11-20", "18:00")


def test_the_day_is_that_of_korea() -> None:
    late_on_sunday_in_london = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert CALENDAR.add_business_days(late_on_sunday_in_london, 1) == korea("2026-11-24", "18:00")


@pytest.mark.parametrize("start", [f"{LAST_YEAR}-12-30", "1988-12-30"])
def test_beyond_the_tables_of_the_moon_it_says_so(start: str) -> None:
    with pytest.raises(BeyondCalendar) as refused:
        CALENDAR.add_business_days(korea(start), 5)
    assert refused.value.inputs["last"] == LAST_YEAR
