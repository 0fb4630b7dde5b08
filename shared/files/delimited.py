"""CSV as programs in Korea write it: UTF-8 with or without a mark, UTF-16, CP949; comma, tab, semicolon, bar."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from shared.files.limits import Limits
from shared.files.refusals import CellTooLong, QuotesBroken, UnknownEncoding

BLOCK: Final = 1024**2
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
GUESSES: Final = ("utf-8", "cp949")
SEPARATORS: Final = (",", "\t", ";", "|")
NUL: Final = "\0"


def records(source: BinaryIO, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Numbered records, texts trimmed, blank ones included. Raises `TableError`."""
    text = io.TextIOWrapper(source, encoding=encoding_of(source), newline="")
    try:
        yield from _records(text, limits)
    finally:
        if not source.closed:
            text.detach()  # the file is the caller's to close


def _records(text: io.TextIOWrapper, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    heading = text.readline(limits.cell * 4)
    text.seek(0)
    reader = csv.reader(text, delimiter=separator_of(heading), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _why(error, number) from None
        if any(len(cell) > limits.cell for cell in cells):
            raise CellTooLong(row=number, limit=limits.cell)
        yield number, [cell.strip() for cell in cells]


def encoding_of(source: BinaryIO) -> str:
    """The encoding in which all of the file makes sense; rewinds it. Raises `UnknownEncoding`."""
    head = source.read(4)
    marked = [encoding for mark, encoding in MARKS if head.startswith(mark)]
    for encoding in marked or GUESSES:
        if _reads(source, encoding):
            source.seek(0)
            return encoding
    raise UnknownEncoding


def _reads(source: BinaryIO, encoding: str) -> bool:
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := source.read(BLOCK):
            if NUL in decoder.decode(block):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(heading: str) -> str:
    """What stands most often between the names of columns, outside of quotation marks."""
    bare = "".join(heading.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def _why(error: csv.Error, row: int) -> CellTooLong | QuotesBroken:
    if "field larger" in str(error):
        return CellTooLong(row=row, limit=csv.field_size_limit())
    return QuotesBroken(row=row)
