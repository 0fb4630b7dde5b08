"""What the pages of intake show: masked texts, finished words and times, no rules."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One complaint in a list; `title` is masked."""

    id: str
    number: str
    title: str
    product: str
    category: str
    severity: str
    state: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of complaints, newest first. `next` and `first` are links."""

    rows: list[ComplaintRow]
    next: str | None = None
    first: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One thing that a machine decided: `name` and `value` as words, `because` as sentences."""

    name: str
    value: str
    because: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """A department called on, with the people in it by name."""

    name: str
    people: list[str]
    because: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """One complaint; `body` is masked. `issue_href` leads to its issue where it has one."""

    row: ComplaintRow
    body: str
    channel: str
    decisions: list[DecisionView] = field(default_factory=list)
    departments: list[DepartmentView] = field(default_factory=list)
    issue_href: str | None = None
