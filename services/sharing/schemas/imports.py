"""Shapes of directory imports over HTTP; never those of events."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field

from services.sharing.domain.importing.report import Counts, DirectoryImport, PlannedRow
from shared.language.i18n import translate
from shared.web.field_errors import FieldError
from shared.web.shapes import In

MOST_ENTRIES = 100_000


class DirectoryIn(In):
    """Entries as a list: people have the fields of `PersonOut`, departments those of `DepartmentOut`.

    Each entry is judged for itself: one that is wrong is reported and spoils no other.
    """

    people: Annotated[list[dict[str, Any]], Field(max_length=MOST_ENTRIES)] = Field(default_factory=list)
    departments: Annotated[list[dict[str, Any]], Field(max_length=MOST_ENTRIES)] = Field(default_factory=list)


class ImportOut(BaseModel):
    """An import. `late`: rows that no longer fitted when they were applied; `progress` from 0 to 1."""

    id: str
    name: str
    state: str
    by: str
    at: datetime
    kinds: list[str]
    mark_left: bool
    counts: Counts
    ignored_columns: list[str]
    late: int
    progress: float

    @classmethod
    def of(cls, imported: DirectoryImport) -> Self:
        """The import."""
        done = 1.0 if imported.state == "applied" else imported.done / (imported.chunks or 1)
        shown = imported.model_dump(include={"id", "name", "state", "by", "at", "kinds", "mark_left", "late"})
        return cls(**shown, counts=imported.counts, ignored_columns=imported.ignored, progress=done)


class RowOut(BaseModel):
    """What becomes of one row, and why not in the reader's language."""

    row: int
    id: str
    kind: str
    what: str
    fields: list[str]
    problems: list[FieldError]

    @classmethod
    def of(cls, row: PlannedRow, language: str) -> Self:
        """The row."""
        problems = [
            FieldError(field=said.field, message=translate(said.text, language, **said.inputs)) for said in row.problems
        ]
        return cls(row=row.row, id=row.id, kind=row.kind, what=row.what, fields=row.fields, problems=problems)
