"""Shapes of files of products and figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.intake.domain.products.table_import import RefusedRow, TableImport
from services.intake.domain.products.taken import Taken


class RefusedRowOut(BaseModel):
    """A row that was not taken: its number as a spreadsheet counts, its cells, and what would be right."""

    number: int
    field: str
    message: str
    cells: dict[str, str]

    @classmethod
    def of(cls, row: RefusedRow, message: str) -> Self:
        """The row with its reason in the reader's language."""
        return cls(number=row.number, field=row.field, message=message, cells=row.cells)


class TableImportOut(BaseModel):
    """A file's report. `state`: running, done, failed, or cut_off (send the file again; nothing is doubled)."""

    id: str
    kind: str
    file_name: str
    dry_run: bool
    state: str
    started_at: datetime
    ended_at: datetime | None
    rows: int
    added: int
    changed: int
    same: int
    refused: int
    trouble: str | None
    refused_rows: list[RefusedRowOut]

    @classmethod
    def of(
        cls,
        table: TableImport,
        refused: Sequence[RefusedRow],
        now: datetime,
        trouble: str | None,
        reasons: Sequence[str],
    ) -> Self:
        """The report as it is now; at most 1,000 refused rows are shown."""
        plain = table.model_dump(include=set(cls.model_fields) - {"trouble", "state"})
        return cls(
            **plain,
            dry_run=table.dry,
            state="cut_off" if table.was_cut_off(now) else table.state,
            trouble=trouble,
            refused_rows=[RefusedRowOut.of(row, reason) for row, reason in zip(refused, reasons, strict=True)],
        )


class Begun(BaseModel):
    """A file that was begun."""

    id: str

    @classmethod
    def of(cls, table: TableImport) -> Self:
        """Its id."""
        return cls(id=table.id)


class PartTaken(BaseModel):
    """A part of a file that was taken; only the keys of its new products matter afterwards."""

    new: set[str]

    @classmethod
    def of(cls, taken: Taken) -> Self:
        """What came of it."""
        return cls(new=taken.new)
