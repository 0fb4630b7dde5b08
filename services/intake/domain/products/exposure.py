"""Exposure: units of a product that were sold or shipped in a period, which complaint rates are counted on."""

import calendar
from datetime import date, datetime, timedelta
from typing import ClassVar

from services.intake.domain.products.product import key_of
from shared.contracts.product import ExposureChanged, Measure
from shared.db.aggregate import Aggregate, Document, index
from shared.errors import Refused
from shared.language.i18n import _
from shared.runtime.ids import derived_id

MONTH, WEEK, DAY = 7, 8, 10
"""How long a period is written: 2026-11, 2026-W47, 2026-11-20."""
EARLIEST = 1990
LATEST = 2200


class NoSuchPeriod(Refused):
    """A period that the calendar does not have."""

    text = _("There is no such period; write a month (2026-11), a week (2026-W47) or a day (2026-11-20).")


class PeriodToCome(Refused):
    """A period that has not begun."""

    text = _("This period has not begun yet.")


class CountedToCome(Refused):
    """A time of counting that has not come."""

    text = _("This time lies in the future; give the time at which it was counted.")


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a period. Raises `NoSuchPeriod`."""
    try:
        year = int(period[:4])
        if not EARLIEST <= year < LATEST:
            raise ValueError
        if len(period) == MONTH:
            month = int(period[5:])
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        if len(period) == WEEK:
            monday = date.fromisocalendar(year, int(period[6:]), 1)
            return monday, monday + timedelta(days=6)
        day = date.fromisoformat(period)
        return day, day
    except (ValueError, calendar.IllegalMonthError):
        raise NoSuchPeriod("period") from None


def exposure_id(product: str, lot: str | None, measure: str, period: str, source: str) -> str:
    """One figure of one source; a corrected one has the same."""
    return derived_id("exposure", key_of(product), key_of(lot or ""), measure, period, source)


class Exposure(Aggregate):
    """One figure. `starts_on` and `ends_on` as `2026-10-01`; `reported_at` is when the source counted."""

    collection: ClassVar[str] = "exposures"
    indexes: ClassVar[tuple[Document, ...]] = (index("-starts_on", "-_id"), index("product", "-starts_on", "-_id"))

    product: str
    product_code: str
    lot: str | None = None
    measure: Measure
    period: str
    starts_on: str
    ends_on: str
    units: int
    source: str
    reported_at: datetime | None = None
    changed_by: str | None = None

    def put(self, units: int, reported_at: datetime, by: str | None) -> bool:
        """Have the figure so; whether that is a change. One that was counted earlier changes nothing."""
        if self.reported_at and reported_at < self.reported_at:
            return False
        known, self.reported_at = self.reported_at is not None, reported_at
        if known and units == self.units:
            return False
        self.units, self.changed_by = units, by
        self.record(
            ExposureChanged(
                product_code=self.product_code,
                lot=self.lot,
                measure=self.measure,
                period=self.period,
                starts_on=date.fromisoformat(self.starts_on),
                ends_on=date.fromisoformat(self.ends_on),
                units=units,
                source=self.source,
                reported_at=reported_at,
            )
        )
        return True
