"""`FILE.rejected.csv`: the rows that were not taken, as they came, with their number and the reason.

Spreadsheets run what begins like a formula, so such a cell gets an apostrophe in front, which is taken away again when
a corrected file of ours is imported. The file appears when it is complete; it is its owner's alone to read.
"""

import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, TextIO

from shared.language.i18n import LANGUAGES, Language, _, translate

ROW: Final = _("Row of the file")
REASON: Final = _("Why it was rejected")
OURS: Final = frozenset(translate(name, language) for name in (ROW, REASON) for language in LANGUAGES)
"""The names of our own columns, in every language."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
SUFFIX: Final = ".rejected.csv"


def is_ours(columns: Sequence[str]) -> bool:
    """Whether a file is one of ours that was corrected."""
    return len(OURS.intersection(columns)) == 2


def harmless(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_it_was(cell: str) -> str:
    """The cell before it was made harmless."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


class Rejected:
    """Written row by row beside its final place, and moved there at the end; without rows there is no file."""

    def __init__(self, path: Path, columns: Sequence[str], language: Language) -> None:
        self.path, self.count = path, 0
        self._columns = [column for column in columns if column not in OURS]
        self._heading = [*map(harmless, self._columns), translate(ROW, language), translate(REASON, language)]
        self._part = path.with_name(f"{path.name}.part")
        self._file: TextIO | None = None

    def add(self, number: int, cells: Mapping[str, str], reason: str) -> None:
        """One more row that was not taken."""
        self.count += 1
        self._write([*(harmless(cells.get(column, "")) for column in self._columns), str(number), harmless(reason)])

    def _write(self, cells: Sequence[str]) -> None:
        if self._file is None:
            self._file = self._opened()
            csv.writer(self._file, quoting=csv.QUOTE_ALL).writerow(self._heading)
        csv.writer(self._file, quoting=csv.QUOTE_ALL).writerow(cells)

    def _opened(self) -> TextIO:
        handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        return os.fdopen(handle, "w", encoding="utf-8-sig", newline="")

    def finish(self) -> None:
        """Put the file in its place; what an earlier run rejected is no longer so."""
        if self._file is None:
            self.path.unlink(missing_ok=True)
            return
        self._file.close()
        self._part.replace(self.path)


def place_for(source: Path, wanted: Path | None) -> Path:
    """Where the rejected rows go: as asked, else beside the file, else here. Raises `OSError` when nowhere."""
    if wanted is not None:
        _try(wanted)
        return wanted
    name = f"{source.stem}{SUFFIX}"
    try:
        _try(source.with_name(name))
    except OSError:
        _try(Path(name))
        return Path(name)
    return source.with_name(name)


def _try(path: Path) -> None:
    """Whether a file can be made there."""
    part = path.with_name(f"{path.name}.part")
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600))
    part.unlink()
