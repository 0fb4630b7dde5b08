"""What the pages about people and departments show. Roles are message ids."""

from dataclasses import dataclass, field
from datetime import date

from services.sharing.views.sign_in import LogView


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something with what it is called."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list. `access` names a sign in `ACCESS`; `away` says until when they are on leave."""

    id: str
    name: str
    department: str
    roles: list[str]
    access: str
    away_until: date | None


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The list, and by what it was narrowed."""

    rows: list[PersonRow]
    departments: list[Named]
    words: str
    department: str
    role: str
    left: bool
    next: str | None
    first: str | None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.words or self.department or self.role or self.left)


@dataclass(frozen=True, slots=True)
class LeaveView:
    """A time away, and who decides meanwhile."""

    start: date
    end: date
    deputy: Named | None


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What stands in the form about a person: as typed where it was refused."""

    id: str = ""
    name: str = ""
    employment: str = "regular"
    department: str = ""
    roles: list[str] = field(default_factory=lambda: ["employee"])
    call_order: str = ""
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was refused, by field; `text` where no field is to blame."""

    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person's page. `may_change`: the viewer administers."""

    id: str
    name: str
    active: bool
    access: str
    blocked: bool
    has_account: bool
    version: int
    deputy: Named | None
    leaves: list[LeaveView]
    answers_for: list[Named]
    sessions: int
    log: list[LogView]
    form: PersonForm
    departments: list[Named]
    department: str
    may_change: bool
    refusal: Refusal = field(default_factory=Refusal)


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One department in the list, with who answers for it."""

    code: str
    name: str
    levels: list[tuple[str, Named | None]]
    successor: Named | None


@dataclass(frozen=True, slots=True)
class DepartmentsView:
    """The list."""

    rows: list[DepartmentRow]
    closed: bool
    next: str | None
    first: str | None


@dataclass(frozen=True, slots=True)
class DepartmentForm:
    """What stands in the form about a department."""

    code: str = ""
    name_ko: str = ""
    name_en: str = ""
    head: str = ""
    lead: str = ""
    assignee: str = ""
    executive: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """One department's page."""

    code: str
    name: str
    active: bool
    version: int
    successor: Named | None
    form: DepartmentForm
    names: dict[str, str]
    others: list[Named]
    may_change: bool
    refusal: Refusal = field(default_factory=Refusal)
