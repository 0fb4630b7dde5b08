"""What is done and decided about an issue, as its page shows it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Answer = Literal["acknowledged", "rings", "silent", "next", "given_up"]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One action. `who` is its role (and department); `may_do` whether the viewer may work it off."""

    id: str
    text: str
    who: str
    state: str
    mandatory: bool
    due_at: datetime
    revision: int
    is_late: bool = False
    by: str | None = None
    at: datetime | None = None
    note: str | None = None
    evidence: str | None = None
    may_do: bool = False
    may_undo: bool = False


@dataclass(frozen=True, slots=True)
class RingView:
    """One person of the chain: when they were rung, and what came of it."""

    person: str
    answer: Answer
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PartView:
    """A department's part of a containment order."""

    code: str
    department: str
    by: str | None = None
    at: datetime | None = None
    note: str | None = None
    on_behalf: bool = False
    may_confirm: bool = False


@dataclass(frozen=True, slots=True)
class OrderView:
    """One containment order. `scope` is the product and its lots in words."""

    id: str
    text: str
    scope: str
    instruction: str | None
    ordered_by: str
    ordered_at: datetime
    due_at: datetime
    in_force: bool
    waits: bool
    parts: list[PartView]
    lifted_by: str | None = None
    lifted_at: datetime | None = None
    reason: str | None = None
    may_lift: bool = False


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of order that can be given; `departments` are the proposed ones, in words."""

    kind: str
    text: str
    instruction: str
    departments: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field, in words."""

    value: str
    word: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What the viewer may decide about the issue as a whole; `missing` keeps it from being closed."""

    steps: list[Choice] = field(default_factory=list)
    hours: list[Choice] = field(default_factory=list)
    findings: list[Choice] = field(default_factory=list)
    kinds: list[KindView] = field(default_factory=list)
    departments: list[Choice] = field(default_factory=list)
    joinable: list[Choice] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    may_silence: bool = False
