"""What the pages of the product register show: finished words, days and figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.intake.views.form import FormView
from shared.search.marking import Piece


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product in the list; `code` and `name` in pieces, the found ones told apart."""

    href: str
    code: list[Piece]
    name: list[Piece]
    line: str
    active: bool


@dataclass(frozen=True, slots=True)
class ProductList:
    """One page of products. `lines` are code and name of those that there are; `next` and `first` are links."""

    rows: list[ProductRow]
    typed: str
    line: str
    lines: list[tuple[str, str]]
    percent: int
    may_edit: bool
    next: str | None = None
    first: str | None = None


@dataclass(frozen=True, slots=True)
class LotRow:
    """One lot; `made_on` as the reader writes days."""

    lot: str
    made_on: str
    quantity_made: int | None
    href: str | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Units of one period. `share` is the length of its bar in hundredths of the longest of its measure."""

    period: str
    days: str
    lot: str
    measure: str
    units: int
    share: int
    source: str


@dataclass(frozen=True, slots=True)
class ProductPage:
    """One product. `more_lots` and `more_figures`: there are older ones."""

    code: str
    name: str
    line: str
    active: bool
    lots: list[LotRow]
    figures: list[FigureRow]
    complaints_href: str
    changed: str
    may_edit: bool
    more_lots: bool = False
    more_figures: bool = False


@dataclass(frozen=True, slots=True)
class ProductForm:
    """A product that is being written; `code` is None for a new one. `version` is what it was drawn from."""

    form: FormView
    code: str | None
    lines: dict[str, str]
    version: int = 0


@dataclass(frozen=True, slots=True)
class LotForm:
    """A lot of a product that is being written; `lot` is None for a new one."""

    form: FormView
    code: str
    name: str
    lot: str | None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column that a file may have: what it may be called, and whether it has to be there."""

    names: list[str]
    needed: bool


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Where files are handed in. `columns` by kind of table."""

    form: FormView
    columns: dict[str, list[ColumnView]]
    last: "list[ImportRow]"
    kind: str = "products"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file in the list of the last ones."""

    href: str
    file_name: str
    kind: str
    dry: bool
    state: str
    rows: int
    refused: int
    started_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RefusedView:
    """One row that was not taken."""

    number: int
    reason: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A file's report; `columns` are those of the refused rows. `running`: it is still being read."""

    row: ImportRow
    added: int
    changed: int
    same: int
    running: bool
    trouble: str | None
    columns: Sequence[str] = ()
    refused: list[RefusedView] = field(default_factory=list)
    csv_href: str = ""
