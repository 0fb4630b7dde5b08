"""Rows of a table as what they say of products and exposure, and what is wrong with the others."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError

from services.intake.domain.products.columns import (
    TableKind,
    TableRules,
    codes_by_name,
    day_in,
    number_in,
    period_in,
    squashed,
)
from services.intake.domain.products.exposure import days_of
from services.intake.domain.taxonomy import ProductLine
from shared.contracts.product import CODE_PATTERN, Measure, Units
from shared.errors import Refused
from shared.files.tables import Row
from shared.language.i18n import _
from shared.web.field_errors import wrong
from shared.web.shapes import FormIn, Line

LONGEST_CELL: Final = 200


def _in_calendar(period: str) -> str:
    try:
        days_of(period)
    except Refused as refused:
        raise wrong(refused.text) from None
    return period


def _as_codes_are(code: str) -> str:
    if not re.fullmatch(CODE_PATTERN, code):
        raise wrong(_("A code has letters and digits, with . _ - within: at most 60 characters, no spaces."))
    return code


CalendarPeriod = Annotated[str, StringConstraints(max_length=20), AfterValidator(_in_calendar)]
RegisterCode = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_as_codes_are)]


class ProductRow(FormIn):
    """One row of a table of products: a product, and a lot of it where one is named. What is not said stays."""

    code: RegisterCode
    name: Line | None = None
    line: Line | None = None
    active: bool | None = None
    lot: RegisterCode | None = None
    quantity_made: Units | None = None
    made_on: date | None = None


class ExposureRow(FormIn):
    """One row of a table of figures."""

    product_code: RegisterCode
    lot: RegisterCode | None = None
    measure: Measure
    period: CalendarPeriod
    units: Units


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: which, its cells, and what was wrong (message id and inputs) by field."""

    number: int
    cells: Mapping[str, str]
    field: str
    text: str
    inputs: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row that can be taken."""

    number: int
    cells: Mapping[str, str]
    said: ProductRow | ExposureRow


class RowReader:
    """Reads the rows of one file."""

    def __init__(
        self, kind: TableKind, columns: Sequence[str], rules: TableRules, lines: Sequence[ProductLine]
    ) -> None:
        self._kind, self._rules, self._lines = kind, rules, codes_by_name(lines)
        self._fields = rules.of(kind).fields_of(columns)
        self._shape: TypeAdapter[Any] = TypeAdapter(ProductRow if kind == "products" else ExposureRow)

    def read(self, row: Row) -> GoodRow | BadRow:
        """What a row says, or the first thing that is wrong with it."""
        cells = {column: text[:LONGEST_CELL] for column, text in row.cells.items()}
        if row.problem is not None:
            return BadRow(row.number, cells, "", row.problem.text, dict(row.problem.inputs))
        said = {name: self._plain(name, row.cells[column]) for column, name in self._fields.items()}
        filled = {name: text for name, text in said.items() if text}
        if self._kind == "exposures":
            filled.setdefault("measure", self._rules.measure)
        try:
            return GoodRow(row.number, cells, self._shape.validate_python(filled))
        except ValidationError as error:
            return _bad(row.number, cells, error)

    def _plain(self, name: str, written: str) -> str:
        if name in ("quantity_made", "units"):
            return number_in(written)
        if name == "made_on":
            return day_in(written)
        if name == "period":
            return period_in(written)
        if name == "line":
            return self._lines.get(squashed(written), written)
        meanings = {"active": ("true", "false"), "measure": ("sold", "shipped")}
        return self._rules.meant(written, *meanings[name]) if name in meanings and written else written


def _bad(number: int, cells: Mapping[str, str], error: ValidationError) -> BadRow:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(step) for step in first["loc"])
    return BadRow(number, cells, field, "", {"error": {"type": first["type"], "ctx": _plain_inputs(first.get("ctx"))}})


def _plain_inputs(inputs: Mapping[str, Any] | None) -> dict[str, Any]:
    """What fills the places of a sentence, as it can be stored."""
    return {n: v if isinstance(v, str | int | float | bool) else str(v) for n, v in (inputs or {}).items()}
