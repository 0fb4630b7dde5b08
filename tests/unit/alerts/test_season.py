"""Months in which a notice holds every year, by Korean time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alerts.domain.season import Season
from shared.runtime.clock import KOREA

START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 6 * 365 * 24).map(lambda hours: START + timedelta(hours=hours))
SEASONS = st.builds(Season, first=st.integers(1, 12), last=st.integers(1, 12)).filter(lambda s: not s.is_whole_year)


@pytest.mark.parametrize(
    ("first", "last", "month", "holds"),
    [(11, 3, 12, True), (11, 3, 3, True), (11, 3, 4, False), (6, 8, 6, True), (6, 8, 9, False), (2, 2, 2, True)],
)
def test_a_season_may_go_over_the_turn_of_the_year(first: int, last: int, month: int, holds: bool) -> None:
    assert Season(first=first, last=last).holds(datetime(2026, month, 15, tzinfo=KOREA)) is holds


def test_it_begins_at_midnight_in_korea() -> None:
    summer = Season(first=6, last=8)
    begins = datetime(2027, 6, 1, tzinfo=KOREA)
    assert summer.turns_at(datetime(2026, 11, 20, tzinfo=UTC)) == begins
    assert not summer.holds(begins - timedelta(milliseconds=1))
    assert summer.holds(begins)


@given(season=SEASONS, moment=MOMENTS)
def test_it_turns_next_where_it_first_differs_from_now(season: Season, moment: datetime) -> None:
    now, turns = season.holds(moment), season.turns_at(moment)
    assert turns > moment
    assert season.holds(turns) is not now
    day = moment
    while (day := day + timedelta(days=1)) < turns:
        assert season.holds(day) is now


@pytest.mark.parametrize(("first", "last"), [(1, 12), (4, 3), (12, 11)])
def test_twelve_months_are_the_whole_year(first: int, last: int) -> None:
    assert Season(first=first, last=last).is_whole_year
