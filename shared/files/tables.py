"""Tables that people send as a file, CSV or XLSX, as rows of named cells: streamed, within limits, the same everywhere.

    for row in rows(file, "products.xlsx"):
        row.number       # as the spreadsheet counts; the heading is row 1
        row.cells        # {"code": "AF-300", "name": "에어프라이어 300"}, texts trimmed, "" where nothing stands
        row.problem      # None, or why this one row cannot be trusted: report it and go on

What the file is follows from its content, never from its name. Whatever makes the rest of the file unreadable raises
`TableError`, whose `row` says where it stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from shared.files import delimited, workbook
from shared.files.limits import Limits
from shared.files.refusals import (
    ColumnTwice,
    FileTooLarge,
    MoreCellsThanColumns,
    NoColumns,
    OldWorkbook,
    TableError,
    TooManyColumns,
    TooManyRows,
    UnknownTable,
)

__all__ = ["Limits", "Row", "Table", "TableError", "open_table", "rows"]

ZIP: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"MZ", b"\x7fELF")
USUAL: Final = Limits()
Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `number` as a spreadsheet counts, `cells` by column. `problem`: what is wrong with this row alone."""

    number: int
    cells: dict[str, str]
    problem: TableError | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was opened: its columns in order, and its rows, which can be gone through once."""

    columns: list[str]
    rows: Iterator[Row] = field(repr=False)


def rows(source: BinaryIO, name: str, limits: Limits = USUAL) -> Iterator[Row]:
    """The rows of a file that can be rewound. Raises `TableError`, the first time when it is opened."""
    return open_table(source, name, limits).rows


def open_table(source: BinaryIO, name: str, limits: Limits = USUAL) -> Table:
    """The columns and rows of a file that can be rewound. Raises `TableError`."""
    records = _records(source, name, limits)
    number, heading = next(records, (1, []))
    columns = _columns(heading, number, limits)
    return Table([column for column in columns if column], _named(records, columns, limits))


def _records(source: BinaryIO, name: str, limits: Limits) -> Iterator[Record]:
    """Numbered lists of texts, blank rows left out; the first one is the heading."""
    if source.seek(0, 2) > limits.bytes:
        raise FileTooLarge(limit=limits.bytes // 1024**2)
    source.seek(0)
    head = source.read(len(OLD_OFFICE))
    source.seek(0)
    if head.startswith(OLD_OFFICE) or name.casefold().endswith(".xls"):
        raise OldWorkbook
    if head.startswith(OTHERS):
        raise UnknownTable
    found = workbook.records(source, limits) if head.startswith(ZIP) else delimited.records(source, limits)
    return ((number, cells) for number, cells in found if any(cells))


def _columns(heading: list[str], number: int, limits: Limits) -> list[str]:
    while heading and not heading[-1]:
        heading.pop()
    if not heading:
        raise NoColumns(row=number)
    if len(heading) > limits.columns:
        raise TooManyColumns(row=number, limit=limits.columns)
    seen: set[str] = set()
    for column in filter(None, heading):
        if column in seen:
            raise ColumnTwice(row=number, column=column[:60])
        seen.add(column)
    return heading


def _named(records: Iterator[Record], columns: list[str], limits: Limits) -> Iterator[Row]:
    for count, (number, cells) in enumerate(records, start=1):
        if count > limits.rows:
            raise TooManyRows(row=number, limit=limits.rows)
        named = {c: cells[i] if i < len(cells) else "" for i, c in enumerate(columns) if c}
        more = any(cells[len(columns) :])
        yield Row(number, named, MoreCellsThanColumns(row=number) if more else None)
