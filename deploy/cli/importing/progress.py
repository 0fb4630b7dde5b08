"""A bar on the terminal of the one who waits, and nothing anywhere else."""

import sys
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import click

from deploy.cli.importing.figures import Figures
from shared.files.tables import ZIP
from shared.language.i18n import Language, _, translate

SO_FAR: Final = _("{rows} rows, {rejected} rejected")
WAITING: Final = _("The system does not answer; waiting for it.")


class Progress:
    """How far the file has been read. A workbook is read here and there, so for it there are figures only."""

    def __init__(self, source: BinaryIO, figures: Figures, language: Language) -> None:
        self._source, self._figures, self._language = source, figures, language
        self._shown = sys.stderr.isatty()
        self._told = False
        self._bar: Any = None

    def __enter__(self) -> Self:
        if self._shown:
            self._bar = click.progressbar(
                length=self._size(), file=sys.stderr, item_show_func=lambda _item: self._words(), width=30
            )
            self._bar.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, at)

    def show(self) -> None:
        """A batch was settled."""
        if self._bar is not None:
            place = self._source.tell() if self._bar.length else self._bar.pos + 1
            self._bar.update(max(0, place - self._bar.pos), "now")

    def wait(self) -> None:
        """The server is away; said once."""
        if self._shown and not self._told:
            self._told = True
            click.echo(f"\n{translate(WAITING, self._language)}", err=True)

    def _size(self) -> int | None:
        """Bytes of the file, None for a workbook."""
        place = self._source.tell()
        self._source.seek(0)
        is_workbook = self._source.read(len(ZIP)) == ZIP
        size = self._source.seek(0, 2)
        self._source.seek(place)
        return None if is_workbook else size

    def _words(self) -> str:
        figures = self._figures
        return translate(SO_FAR, self._language, rows=f"{figures.rows:,}", rejected=f"{figures.rejected:,}")
