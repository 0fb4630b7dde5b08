"""A file that is being taken into the register, or was: how far, what came of its rows, and which were refused."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from services.intake.domain.products.columns import TableKind
from services.intake.domain.products.rows import BadRow
from shared.db.aggregate import Aggregate, Document, index

KEPT_ROWS = 1_000
"""Refused rows that are kept with their reasons; more are only counted."""
SILENT = timedelta(seconds=30)
"""After which a run of which nothing is heard was cut off."""
KEPT = timedelta(days=90)
ImportState = Literal["running", "done", "failed"]


class RefusedRow(BaseModel):
    """One row that was not taken: its cells by column, and why (a message id with inputs, or a validation error)."""

    number: int
    cells: dict[str, str]
    field: str
    text: str
    inputs: dict[str, Any] = Field(default_factory=dict)

    @classmethod
    def of(cls, bad: BadRow) -> "RefusedRow":
        """As it is kept."""
        return cls(number=bad.number, cells=dict(bad.cells), field=bad.field, text=bad.text, inputs=bad.inputs)


class TableImport(Aggregate):
    """One file. `trouble` says why reading ended early (message id and inputs); what was taken before that stays."""

    collection: ClassVar[str] = "table_imports"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("-started_at", "-_id"),
        index("started_at", name="old", expireAfterSeconds=int(KEPT.total_seconds())),
    )

    kind: TableKind
    file_name: str
    dry: bool = False
    started_by: str
    started_at: datetime
    beat_at: datetime
    ended_at: datetime | None = None
    state: ImportState = "running"
    rows: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    trouble: str | None = None
    trouble_inputs: dict[str, Any] = Field(default_factory=dict)

    def was_cut_off(self, now: datetime) -> bool:
        """Whether its process ended before the file did; sending the file again is safe."""
        return self.state == "running" and now - self.beat_at > SILENT


class RefusedRows(Aggregate):
    """Refused rows of one part of a file."""

    collection: ClassVar[str] = "refused_rows"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("import_id", "part"),
        index("at", name="old", expireAfterSeconds=int(KEPT.total_seconds())),
    )

    import_id: str
    part: int
    at: datetime
    rows: list[RefusedRow]
