"""What is said of a product, a lot, or how many units are out: the one shape for API and pages."""

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import AwareDatetime

from services.intake.domain.products.rows import CalendarPeriod, RegisterCode
from shared.contracts.product import Measure, Units
from shared.web.shapes import In, Line


class ProductSaid(In):
    """A product as it is to be. `line` is a code of the taxonomy's product lines."""

    name: Line
    line: Line | None = None
    active: bool = True


class LotSaid(In):
    """A lot as it is to be."""

    made_on: date | None = None
    quantity_made: Units | None = None


class ExposureSaid(In):
    """Units of a product (of one lot) sold or shipped in a month, week or day; the same again changes nothing."""

    product_code: RegisterCode
    lot: RegisterCode | None = None
    measure: Measure
    period: CalendarPeriod
    units: Units
    reported_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with who counted it. `reported_at` is when; None for now."""

    product_code: str
    lot: str | None
    measure: Measure
    period: str
    units: int
    source: str
    reported_at: datetime | None = None
