"""Facts about products (제품), their lots, and how many units are out: what complaint rates are counted on."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from shared.contracts.event import Event

CODE_PATTERN = r"^[0-9A-Za-z가-힣][0-9A-Za-z가-힣._-]{0,59}$"
Code = Annotated[str, StringConstraints(pattern=CODE_PATTERN)]
"""A product's or lot's code: letters, digits, and `.`, `_`, `-` within."""
Period = Annotated[
    str,
    StringConstraints(
        pattern=r"^\d{4}-(0[1-9]|1[0-2]|W(0[1-9]|[1-4]\d|5[0-3])|(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))$"
    ),
]
"""A calendar month (2026-11), an ISO week (2026-W47) or a day (2026-11-20)."""
Units = Annotated[int, Field(ge=0, le=10**12)]
Measure = Literal["sold", "shipped"]
"""판매 · 출하: the two are never added together."""


class ProductChanged(Event):
    """A product as it is now. Compacted: the last one of each key is the register. `line` is a code of the taxonomy."""

    type: ClassVar[str] = "product.changed"

    product_code: str
    product_name: str
    line: str | None = None
    active: bool = True
    changed_at: datetime


class LotChanged(Event):
    """A lot of a product as it is now: when it was made and how many units. Compacted."""

    type: ClassVar[str] = "lot.changed"

    product_code: str
    lot: str
    made_on: date | None = None
    quantity_made: int | None = None
    changed_at: datetime


class ExposureChanged(Event):
    """How many units of a product (of one lot, where that is known) were sold or shipped in a period, by one source.

    Compacted: a corrected figure has the same key and takes the place of the one before. Figures of different
    measures, sources or kinds of period speak of the same units and are never added together.
    """

    type: ClassVar[str] = "exposure.changed"

    product_code: str
    lot: str | None = None
    measure: Measure
    period: str
    starts_on: date
    ends_on: date
    units: int
    source: str
    reported_at: datetime


class ExposureReported(Event):
    """A figure from another system (ERP), to be taken into the register.

    `reported_at` is when the sender counted: of two figures for the same product, lot, measure and period from one
    `ce_source` the later one holds, whichever arrives last. A product that is not registered yet is waited for.
    """

    type: ClassVar[str] = "exposure.reported"

    product_code: Code
    lot: Code | None = None
    measure: Measure
    period: Period
    units: Units
    reported_at: AwareDatetime
