"""An import and what it does: the plan, row by row, as it is kept until it is applied."""

from datetime import datetime
from typing import Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.db.aggregate import Aggregate, Document, index

CHUNK: Final = 500
"""Rows that are kept, and applied, together."""
KEPT_SECONDS: Final = 30 * 86400

What = Literal["added", "changed", "left", "refused"]
State = Literal["checking", "checked", "applying", "applied"]


class Said(BaseModel):
    """What is wrong with one field of a row: a message id and what fills its places."""

    model_config = ConfigDict(frozen=True)

    field: str
    text: str
    inputs: dict[str, Any] = Field(default_factory=dict)


class PlannedRow(BaseModel):
    """What becomes of one row. `version` is the entry's when it was checked; `row` is 0 for who is not in the file."""

    row: int
    id: str
    kind: Literal["people", "departments"]
    what: What
    fields: list[str] = Field(default_factory=list)
    changes: dict[str, Any] = Field(default_factory=dict)
    version: int = 0
    problems: list[Said] = Field(default_factory=list)


class Counts(BaseModel):
    """How many rows came to what."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    left: int = 0
    unchanged: int = 0
    refused: int = 0


class DirectoryImport(Aggregate):
    """One file or list. `late` counts rows that no longer fitted when they were applied."""

    collection: ClassVar[str] = "imports"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("-at", "-_id"),
        index("at", name="old", expireAfterSeconds=KEPT_SECONDS),
    )

    name: str
    by: str
    at: datetime
    kinds: list[str]
    mark_left: bool
    state: State = "checking"
    counts: Counts = Field(default_factory=Counts)
    ignored: list[str] = Field(default_factory=list)
    chunks: int = 0
    done: int = 0
    late: int = 0
    applied_by: str | None = None
    applied_at: datetime | None = None


class ImportChunk(Aggregate):
    """Rows of an import that come to the same: changes to be made, or refusals to be read."""

    collection: ClassVar[str] = "import_chunks"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("import_id", "what", "number"),
        index("at", name="old", expireAfterSeconds=KEPT_SECONDS),
    )

    import_id: str
    what: Literal["changes", "refused"]
    number: int
    at: datetime
    rows: list[PlannedRow]


def chunk_id(import_id: str, what: str, number: int) -> str:
    """Under which id a part of an import is kept."""
    return f"{import_id}:{what}:{number}"
