"""Days and times as they stand in tables: read where they are certain, never guessed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.files.dates import read_day, read_moment
from shared.runtime.clock import KOREA


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-05",
        "2019.3.5",
        "2019. 3. 5.",
        "2019. 3. 5.(화)",
        "2019/03/05",
        "20190305",
        "19.03.05",
        "'19.3.5",
        "2019년 3월 5일",
        "2019년 3월 5일 화요일",
        "２０１９-０３-０５",
        "5 Mar 2019",
        "March 5, 2019",
        "43529",
        "2019-03-05T00:00:00",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == date(2019, 3, 5)
    assert read_moment(text, KOREA) == datetime(2019, 3, 5, tzinfo=KOREA)


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-05 14:30",
        "2019.3.5 오후 2:30",
        "2019년 3월 5일 오후 2시 30분",
        "2019-03-05 2:30 PM",
        "2019-03-05 02:30:00 p.m.",
        "2019-03-05 오후 14:30",
        "2019-03-05 14:30 (화)",
        "2019-03-05T14:30:00+09:00",
        "2019-03-05T05:30:00Z",
        "2019-03-05 05:30 UTC",
        "20190305143000",
        "201903051430",
        "43529.6041666667",
    ],
)
def test_a_time_is_read_in_its_own_zone_or_in_koreas(text: str) -> None:
    assert read_moment(text, KOREA) == datetime(2019, 3, 5, 14, 30, tzinfo=KOREA)


def test_noon_and_midnight_by_the_halves_of_the_day() -> None:
    said = [read_moment(f"2019-03-05 {text}", UTC) for text in ("오전 12:05", "오후 12:05")]
    assert [moment and moment.hour for moment in said] == [0, 12]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "어제",
        "1",
        "201903",
        "03/05/2019",
        "5.3.2019",
        "3/5/19",
        "2019-13-01",
        "2019-02-30",
        "2019-03-05 25:00",
        "2019-03-05 14",
        "2019-03-05abc",
        "12345",
        "99999",
        "2019-03-05 " * 20,
    ],
)
def test_what_is_no_certain_date_is_none(text: str) -> None:
    assert read_moment(text, KOREA) is None
    assert read_day(text) is None


def test_two_digits_of_a_year_are_of_the_years_around_now() -> None:
    assert [read_day(text) for text in ("69.12.31", "70.01.01")] == [date(2069, 12, 31), date(1970, 1, 1)]


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    read_moment(text, KOREA)


@given(st.datetimes(timezones=st.just(KOREA)).filter(lambda moment: moment.year >= 1000))
def test_a_moment_as_programs_write_it_comes_back(moment: datetime) -> None:
    assert read_moment(moment.isoformat(), UTC) == moment
    assert read_moment(f"{moment:%Y-%m-%d %H:%M:%S}", KOREA) == moment.replace(microsecond=0)


@given(st.integers(20_000, 79_999), st.integers(0, 86_399))
def test_a_spreadsheets_day_number_is_exact_to_the_second(day: int, second: int) -> None:
    wanted = datetime(1899, 12, 30, tzinfo=KOREA) + timedelta(days=day, seconds=second)
    assert read_moment(f"{day + second / 86_400:.10f}", KOREA) == wanted
