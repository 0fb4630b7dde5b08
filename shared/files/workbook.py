"""XLSX, read row by row: the first sheet that is shown, values as texts, within limits on what it unpacks to."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError

from shared.files.limits import Limits
from shared.files.refusals import BrokenWorkbook, CellTooLong, TableError, UnknownTable, UnpacksTooLarge

MARK: Final = "[Content_Types].xml"
WHOLE: Final = 1e15
BROKEN: Final = (
    zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError,
    OverflowError, RuntimeError, zlib.error,
)  # fmt: skip
"""What a damaged workbook raises somewhere in the library."""


def records(source: BinaryIO, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows of the first visible sheet, blank ones included. Raises `TableError`."""
    from openpyxl import load_workbook  # 30 MiB and a tenth of a second, which most processes never need

    try:
        _check(source, limits)
        source.seek(0)
        book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
        sheet = next(s for s in book.worksheets if s.sheet_state == "visible")
        sheet.reset_dimensions()  # some programs state a size that is not so
        values = sheet.iter_rows(max_col=limits.columns + 1, values_only=True)
        for number, cells in enumerate(values, start=1):
            yield number, [_checked(_written(value), number, limits) for value in cells]
    except TableError:
        raise
    except (*BROKEN, StopIteration):
        raise BrokenWorkbook from None


def _check(source: BinaryIO, limits: Limits) -> None:
    """Whether it is a workbook, and what it says it unpacks to: a part is never unpacked beyond what it says."""
    with zipfile.ZipFile(source) as package:
        parts = package.infolist()
        if MARK not in {part.filename for part in parts}:
            raise UnknownTable
        if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
            raise UnpacksTooLarge(limit=limits.unpacked // 1024**2)


def _checked(text: str, number: int, limits: Limits) -> str:
    if len(text) > limits.cell:
        raise CellTooLong(row=number, limit=limits.cell)
    return text


def _written(value: Any) -> str:
    """A value as a person would have typed it: whole numbers without a point, days without a clock."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < WHOLE else repr(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).strip()


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
