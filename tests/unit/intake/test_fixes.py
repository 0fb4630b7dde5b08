"""Whether a unit was made before a fix: only what is certain counts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.recurrence import Fix, Unit
from tests.component.intake.card_desk import MONDAY

WINDOW = timedelta(days=90)


days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat)


moments = st.integers(0, 730 * 24).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(made_on=st.none() | days, bought=st.none() | days, filed=moments, verified=moments, effective=days)
def test_a_unit_is_before_the_fix_only_when_that_is_certain(
    made_on: str | None, bought: str | None, filed: datetime, verified: datetime, effective: str
) -> None:
    unit = Unit(complaint_id="c", number="C-1", filed_at=filed, made_on=made_on, bought_on=bought)
    judged = Fix(id="f", effective_from=effective, verified_at=verified).judge(unit, WINDOW)
    known = made_on or bought
    if judged == "before":
        assert known is not None
        assert known < effective
    if made_on is not None and made_on >= effective:
        assert judged != "before"
    if judged == "recurred":
        assert filed < verified + WINDOW
    if judged == "apart":
        assert filed >= verified + WINDOW


@pytest.mark.parametrize(
    ("lot", "fixed", "before"),
    [("A-0311", "A-0401", True), ("A-0401", "A-0401", False), ("B-0311", "A-0401", None), ("A-311", "A-0401", None)],
)
def test_lots_are_compared_only_when_they_are_written_alike(lot: str, fixed: str, before: bool | None) -> None:
    unit = Unit(complaint_id="c", number="C-1", filed_at=MONDAY, lot=lot)
    fix = Fix(id="f", effective_from="2026-01-01", effective_lot=fixed, verified_at=MONDAY)
    assert fix.came_before(unit) is before
