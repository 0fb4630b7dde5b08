"""How many complaints came each day of late, as a small line drawn at the server with words beside it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.alerts.domain.people import day_of
from services.alerts.views.trend import Trend

DAYS = 7
WIDTH, HEIGHT = 96, 24
EDGE = 2


def trend_of(days: Mapping[str, int], now: datetime) -> Trend:
    """The trend up to today, in Korea."""
    today = day_of(now)
    known = [max(0, days.get((today - timedelta(days=back)).isoformat(), 0)) for back in range(2 * DAYS)]
    counts = known[:DAYS][::-1]
    return Trend(counts, sum(known[DAYS:]), _points(counts))


def _points(counts: list[int]) -> str:
    most = max(counts) or 1
    step = (WIDTH - 2 * EDGE) / (len(counts) - 1)
    heights = ((HEIGHT - 2 * EDGE) * count / most for count in counts)
    return " ".join(f"{EDGE + place * step:.1f},{HEIGHT - EDGE - height:.1f}" for place, height in enumerate(heights))
