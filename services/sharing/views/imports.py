"""What the pages about imports and keys show."""

from dataclasses import dataclass, field
from datetime import datetime

from services.sharing.views.people import Refusal


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of a report."""

    row: int
    id: str
    what: str
    fields: list[str]
    problems: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ImportView:
    """One import. `counts` are (message id, number, tone)."""

    id: str
    name: str
    state: str
    by: str
    at: datetime
    mark_left: bool
    counts: list[tuple[str, int, str]]
    ignored: list[str]
    late: int
    percent: int


@dataclass(frozen=True, slots=True)
class ImportPart:
    """Some rows of a report, and the address of the next ones."""

    rows: list[ImportRow]
    next: str | None


@dataclass(slots=True)
class ImportForm:
    """What stands in the form for a file; the file itself has to be chosen anew."""

    kind: str = "people"
    mark_left: bool = False


@dataclass(frozen=True, slots=True)
class KeyView:
    """One key."""

    id: str
    label: str
    holder: str
    may: list[str]
    made_at: datetime
    made_by: str
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeyForm:
    """What stands in the form for a new key."""

    id: str = ""
    holder: str = ""
    label: str = ""
    may: list[str] = field(default_factory=list)
    others: str = ""


@dataclass(frozen=True, slots=True)
class KeysView:
    """The list, and the form for a new one."""

    rows: list[KeyView]
    scopes: tuple[str, ...]
    may_change: bool
    next: str | None
    first: str | None
    form: KeyForm = field(default_factory=KeyForm)
    refusal: Refusal = field(default_factory=Refusal)
