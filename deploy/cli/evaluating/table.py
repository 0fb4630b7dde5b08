"""The texts and labels of a file that is measured on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from deploy.cli.importing.mapping import column_of
from deploy.cli.speech import reader_language
from shared.files.limits import Limits
from shared.files.tables import Row, TableError, open_table
from shared.language.i18n import translate

LIMITS: Final = Limits(bytes=1024**3, rows=1_000_000, columns=300, cell=100_000)
FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


def rows_of(path: Path, columns: Sequence[tuple[str, str]]) -> list[Row]:
    """The rows that can be read; `columns` are those that are needed, each with the option that names it.

    Raises `WrongUse` for a column that is not there, `ClickException` for a file that cannot be read.
    """
    try:
        with path.open("rb") as file:
            table = open_table(file, path.name, LIMITS)
            for option, name in columns:
                column_of(name, table.columns, option)
            return [row for row in table.rows if row.problem is None]
    except TableError as error:
        raise click.ClickException(translate(error.text, reader_language(), **error.inputs)) from None


def text_of(row: Row, columns: Sequence[str]) -> str:
    """What stands in some columns of a row, one below the other."""
    return "\n".join(filter(None, (row.cells[column] for column in columns)))


def print_figures(figures: Mapping[str, Any], words: Mapping[str, str]) -> None:
    """Figures by name, one a line, in the reader's words."""
    for name, word in words.items():
        value = figures[name]
        written = "–" if value is None else f"{value:.3f}" if isinstance(value, float) else f"{value:,}"
        click.echo(f"{translate(word, reader_language()):<28} {written:>8}")
