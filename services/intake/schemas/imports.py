"""Shapes of the import of many complaints at once."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, StringConstraints

from services.intake.domain.complaint import Complaint
from shared.web.field_errors import FieldError
from shared.web.shapes import In

MOST_ROWS = 200

Name = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]{1,200}$")]


class ImportRow(In):
    """One row: `filing` has the fields of a complaint as `POST /complaints` takes them; `key` names the row."""

    key: Name
    filing: dict[str, Any]


class ImportIn(In):
    """Rows of one source. A row is known by source and key: what came before is not taken again.

    `run` may name one run of an importer, so that a repeated request is answered like the first one.
    """

    source: Name
    rows: Annotated[list[ImportRow], Field(min_length=1, max_length=MOST_ROWS)]
    run: Annotated[str, StringConstraints(max_length=64)] = ""
    dry_run: bool = False


class Imported(BaseModel):
    """What is kept of an accepted row, to tell it again."""

    id: str
    number: str
    category: str
    severity: str

    @classmethod
    def of(cls, complaint: Complaint) -> Self:
        """A complaint that was just filed."""
        return cls(id=complaint.id, number=complaint.number, category=complaint.category, severity=complaint.severity)


class RowOut(BaseModel):
    """What became of a row, or would become of it in a dry run (which has no id or number to tell).

    `failed`: the fault is not the row's but here; it may be sent again when that is mended.
    """

    key: str
    outcome: Literal["accepted", "already", "refused", "failed"]
    id: str | None = None
    number: str | None = None
    category: str | None = None
    severity: str | None = None
    errors: list[FieldError] = Field(default_factory=list)


class ImportOut(BaseModel):
    """The outcomes, in the order of the rows; `categories` are the names of theirs, in the reader's language."""

    rows: list[RowOut]
    categories: dict[str, str]
