"""From a row of cells to a filing: which column is which field, and what a cell says there."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final

from deploy.cli.importing.fields import Field, place
from deploy.cli.importing.words import NO, YES, code_of, names_of
from shared.files.dates import read_day, read_moment
from shared.language.i18n import _

NO_MOMENT: Final = _(
    "This is no date that can be understood for certain; write it like 2026-11-22 or 2026-11-22 09:30."
)
NO_FLAG: Final = _("This is neither yes nor no.")
NO_NUMBER: Final = _("This has to be a whole number.")
NO_CHOICE: Final = _("This has to be one of {expected}.")


class Unreadable(Exception):
    """A cell that is not what its field needs. `text` is a message id, `inputs` fill its places."""

    def __init__(self, field: Field, text: str, **inputs: object) -> None:
        super().__init__(field.path)
        self.field, self.text, self.inputs = field, text, inputs


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes filings of rows: `columns` with the field that each fills, `fixed` words that are the same in every row."""

    columns: Sequence[tuple[str, Field]]
    fixed: Mapping[str, Any]
    zone: tzinfo

    def filing(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """The filing of a row; an empty cell says nothing. Raises `Unreadable`."""
        filing = deepcopy(dict(self.fixed))
        for column, field in self.columns:
            if cell := cells.get(column, ""):
                place(filing, field.steps, value_of(cell, field, self.zone))
        return filing

    def column_of(self, path: str) -> str | None:
        """The column behind a field that was refused, `harm.persons.0.weeks` too; None when it has none."""
        plain = ".".join(step for step in path.split(".") if not step.isdigit())
        return next((column for column, field in self.columns if field.path == plain), None)


def value_of(cell: str, field: Field, zone: tzinfo) -> str | int | bool:
    """What a cell says in a field, in the form in which filings have it. Raises `Unreadable`."""
    match field.form:
        case "moment":
            moment = read_moment(cell, zone)
            return moment.isoformat() if moment else _not(field, NO_MOMENT)
        case "day":
            day = read_day(cell)
            return day.isoformat() if day else _not(field, NO_MOMENT)
        case "flag":
            plain = "".join(cell.casefold().split())
            return True if plain in YES else False if plain in NO else _not(field, NO_FLAG)
        case "whole":
            plain = cell.replace(",", "")
            return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else _not(field, NO_NUMBER)
        case "choice":
            code = _choice(cell, field)
            return code or _not(field, NO_CHOICE, expected=names_of(field.path, field.choices))
        case _:
            return code_of(field.path, cell)


def _choice(cell: str, field: Field) -> str | None:
    code = code_of(field.path, cell).casefold()
    return next((choice for choice in field.choices if choice.casefold() == code), None)


def _not(field: Field, text: str, **inputs: object) -> Any:
    raise Unreadable(field, text, **inputs)
