"""A complaint in the hands of somebody at a moment: what they do is written into its timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from services.intake.domain.complaint import Complaint
from services.intake.domain.states import Who
from shared.contracts.because import Because
from shared.identity.organisation import Department, Organisation
from shared.identity.principal import Principal
from shared.runtime.clock import KOREA

What = Literal[
    "received", "classified", "assigned", "acknowledged", "answer_drafted", "informed", "answered", "accepted",
    "fell_silent", "refused", "withdrawn", "referred", "reopened", "resolved", "closed", "rated", "overridden", "owned",
    "called_on", "let_go", "handed_over", "moved", "cause_found", "cause_returned", "cause_side", "removing",
    "verified", "not_ours", "looked_again", "recurred", "known_before_fix", "quiet_over", "paused", "resumed",
    "warned", "overdue", "escalated", "commented", "issue_joined", "issue_left",
]  # fmt: skip
"""What may stand in a timeline."""
CS_ROLES: Final = frozenset({"agent", "cs_manager"})
WORKING_ROLES: Final = CS_ROLES | {"dept_manager", "assignee", "safety_officer", "executive"}
"""Roles that work on the cases of their own department; others do once a case is in their hands."""

Details = Mapping[str, str | int | list[str] | None]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person who works here, the customer, or the system itself."""

    id: str | None
    kind: Literal["person", "customer", "system"]
    roles: frozenset[str] = frozenset()
    department: str = ""

    @classmethod
    def of(cls, principal: Principal | None) -> "Actor":
        """The one who asks; a timer or an event acts as the system, whoever shows no credentials as the customer."""
        if principal is None:
            return SYSTEM
        if principal.kind == "person":
            return cls(principal.id, "person", principal.roles, principal.department)
        return CUSTOMER if principal.kind == "public" else cls(principal.id, "system")

    @property
    def name(self) -> str:
        """The id of who acts, or what they are."""
        return self.id or self.kind


SYSTEM: Final = Actor(None, "system")
CUSTOMER: Final = Actor(None, "customer")


@dataclass(frozen=True, slots=True)
class Written:
    """One happening, before it has its place in the timeline."""

    what: What
    by: str
    department: str | None = None
    text: str | None = None
    details: Details = field(default_factory=dict)
    because: Sequence[Because] = ()


@dataclass(slots=True)
class Card:
    """The complaint, who acts on it, when, and among whom. `written` becomes entries of the timeline.

    `about_conduct` are the categories of complaints about how an employee behaved.
    """

    complaint: Complaint
    by: Actor
    now: datetime
    organisation: Organisation
    cs_office: str
    about_conduct: frozenset[str] = frozenset()
    written: list[Written] = field(default_factory=list)

    def write(
        self,
        what: What,
        *,
        department: str | None = None,
        text: str | None = None,
        because: Sequence[Because] = (),
        **details: str | int | list[str] | None,
    ) -> None:
        """Put a happening into the timeline; `text` is masked."""
        self.written.append(Written(what, self.by.name, department, text, details, tuple(because)))

    @property
    def in_confidence(self) -> bool:
        """Whether it is about an employee, and so for the heads and those to whom they hand it."""
        return self.complaint.category in self.about_conduct

    def as_system(self) -> "Card":
        """The same card in the hands of the system: what follows by itself from what a person did."""
        return replace(self, by=SYSTEM)

    def acts_as(self) -> frozenset[Who]:
        """In which capacities this person may act on this card."""
        if self.by.kind != "person":
            return frozenset({"customer"} if self.by.kind == "customer" else {"system"})
        capacities: set[Who] = set()
        if self.by.roles & CS_ROLES:
            capacities.add("cs")
        if "cs_manager" in self.by.roles:
            capacities.add("cs_manager")
        if any(self.works_on(subcase.department) for subcase in self.complaint.subcases):
            capacities.add("department")
        return frozenset(capacities)

    def usual(self, department: Department) -> str:
        """Who has a department's work in hand at first: its 담당, or its head when it is in confidence."""
        return department.head if self.in_confidence else department.assignee

    def works_on(self, department: str) -> bool:
        """Whether the one who acts belongs to a department, or has its work in hand."""
        found = self.organisation.department(department)
        subcase = self.complaint.subcase(department)
        hands = {*found.levels, *(self.acting(id) for id in found.levels)} if found else set()
        belongs = self.by.department == department and bool(self.by.roles & WORKING_ROLES)
        return belongs or self.by.id in {*hands, subcase.assignee if subcase else None}

    def acting(self, person: str) -> str:
        """Who decides for somebody today: they themselves, or their deputy while they are away or gone."""
        acting = self.organisation.acting_for(person, self.now.astimezone(KOREA).date())
        return acting.id if acting else person
