"""The small line of the last seven days."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from services.alerts.presenting.trend import HEIGHT, WIDTH, trend_of

EVENING = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
"""One in the morning of the 21st in Korea."""


def test_days_are_those_of_korea_and_the_week_before_is_counted_apart() -> None:
    trend = trend_of({"2026-11-21": 3, "2026-11-15": 1, "2026-11-14": 5, "2026-11-01": 9}, EVENING)
    assert trend.counts == [1, 0, 0, 0, 0, 0, 3]
    assert (trend.total, trend.before) == (4, 5)


def test_no_complaint_is_a_line_on_the_ground() -> None:
    heights = {point.partition(",")[2] for point in trend_of({}, EVENING).points.split()}
    assert heights == {f"{HEIGHT - 2:.1f}"}


@given(st.dictionaries(st.integers(1, 21).map(lambda day: f"2026-11-{day:02}"), st.integers(-3, 10**6)))
def test_the_line_stays_within_its_picture(days: dict[str, int]) -> None:
    points = [tuple(map(float, point.split(","))) for point in trend_of(days, EVENING).points.split()]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert [x for x, _ in points] == sorted(x for x, _ in points)
