"""Why a table is not read: each names the row where that is known, and says what would be right."""

from shared.errors import Refused
from shared.language.i18n import _


class TableError(Refused):
    """A file that is no table, or a place from which it cannot be read on. `row` is its row, None for the file."""

    text = _("This file cannot be read as a table.")

    def __init__(self, row: int | None = None, field: str = "file", **inputs: object) -> None:
        super().__init__(field, **inputs if row is None else {"row": row, **inputs})
        self.row = row


class FileTooLarge(TableError):
    """More bytes than are taken. Inputs: `limit` in MiB."""

    text = _("This file is larger than {limit} MiB; split it into several files.")
    status = 413


class UnpacksTooLarge(TableError):
    """A workbook that is far larger than it looks. Inputs: `limit` in MiB."""

    text = _("This workbook unpacks to more than {limit} MiB; save the rows alone in a new workbook, or as CSV.")
    status = 413


class UnknownTable(TableError):
    """Neither CSV nor XLSX."""

    text = _("This is neither a CSV file nor an Excel workbook (.xlsx); save the table as one of these.")
    status = 415


class OldWorkbook(TableError):
    """A workbook of the old kind, or one with a password."""

    text = _("This is an old (.xls) or locked workbook; save it as .xlsx without a password, or as CSV.")
    status = 415


class BrokenWorkbook(TableError):
    """A workbook that cannot be opened."""

    text = _("This workbook is damaged; open it in your spreadsheet program and save it anew.")


class UnknownEncoding(TableError):
    """Text in none of the encodings that are known. Inputs: `row`, where it could be told."""

    text = _("This text is neither UTF-8 nor Korean (CP949); save the file as “CSV UTF-8”.")


class NoColumns(TableError):
    """There is no heading."""

    text = _("The first row has to name the columns, and there is none.")


class ColumnTwice(TableError):
    """Two columns of one name. Inputs: `column`."""

    text = _("Row {row}: the column “{column}” stands twice; give each column a name of its own.")


class TooManyColumns(TableError):
    """Inputs: `limit`."""

    text = _("There are more than {limit} columns; remove those that are not needed.")


class TooManyRows(TableError):
    """Inputs: `limit`."""

    text = _("There are more than {limit} rows; split the file into several files.")


class CellTooLong(TableError):
    """A cell beyond any reason, mostly a quotation mark that is never closed. Inputs: `row`, `limit`."""

    text = _("Row {row}: a cell has more than {limit} characters; is a quotation mark not closed before it?")


class QuotesBroken(TableError):
    """Quotation marks that do not match. Inputs: `row`."""

    text = _("Row {row}: the quotation marks do not match; a quotation mark within a text is written twice.")


class MoreCellsThanColumns(TableError):
    """One row has more cells than the heading. Inputs: `row`."""

    text = _(
        "Row {row} has more cells than there are columns; put texts that contain the separator in quotation marks."
    )
