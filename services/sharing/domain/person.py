"""A person of the company: what the directory says of them, and what it may not say."""

import unicodedata
from collections.abc import Container, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from services.sharing.domain.days import Day
from services.sharing.domain.refusals.directory import (
    LeaveBackwards,
    LeavesOverlap,
    OwnDeputy,
    UnknownDepartment,
    UnknownPerson,
)
from shared.contracts.organisation import Employment, LeaveFacts, OrganisationChanged, PersonFacts
from shared.db.aggregate import Aggregate, Document, index
from shared.errors import Refused

LAST: int = 1000
"""Place in the order of calls of whoever was given none."""


class Leave(BaseModel):
    """A time away (부재), first to last day, and who decides meanwhile (대결자)."""

    model_config = ConfigDict(extra="forbid")

    start: Day
    end: Day
    deputy: str | None = None


class Person(Aggregate):
    """Somebody who works here, or did. `sought` is what a search looks through and lists are sorted by."""

    collection: ClassVar[str] = "people"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("active", "sought"),
        index("department", "active", "sought"),
        index("roles", "active", "sought"),
        index("name_key"),
    )

    name: str
    name_key: str = ""
    sought: str = ""
    employment: Employment = "regular"
    department: str
    roles: list[str] = Field(default_factory=lambda: ["employee"])
    call_order: int = LAST
    deputy: str | None = None
    leaves: list[Leave] = Field(default_factory=list)
    active: bool = True

    def alter(self, changes: dict[str, Any]) -> list[str]:
        """Take new values by field; the fields that are other now than before, in order."""
        wanted = dict(changes)
        if "roles" in wanted:
            wanted["roles"] = sorted(set(wanted["roles"]))
        if "leaves" in wanted:
            wanted["leaves"] = sorted(wanted["leaves"], key=lambda leave: leave.start)
        changed = [field for field, value in wanted.items() if getattr(self, field) != value]
        for field in changed:
            setattr(self, field, wanted[field])
        self.name_key = name_key(self.name)
        self.sought = f"{self.name_key} {self.id}"
        return changed

    def tell(self) -> None:
        """Tell everybody what is known of them now."""
        self.record(OrganisationChanged(entry_id=self.id, about=self.facts()))

    def facts(self) -> PersonFacts:
        """What everybody is told."""
        leaves = [LeaveFacts(start=leave.start, end=leave.end, deputy=leave.deputy) for leave in self.leaves]
        return PersonFacts(
            id=self.id,
            name=self.name,
            employment=self.employment,
            department=self.department,
            roles=self.roles,
            call_order=self.call_order,
            deputy=self.deputy,
            leaves=leaves,
            active=self.active,
        )


def new_person(id: str, changes: dict[str, Any]) -> Person:
    """Somebody who comes new."""
    person = Person(id=id, name=changes["name"], department=changes["department"])
    person.alter(changes)
    return person


def name_key(name: str) -> str:
    """A name as it is compared: without differences of writing that nobody sees."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def wrong_leaves(leaves: list[Leave]) -> Iterator[Refused]:
    """What is wrong with times away."""
    if any(leave.end < leave.start for leave in leaves):
        yield LeaveBackwards("leaves")
    in_order = sorted(leaves, key=lambda leave: leave.start)
    if any(later.start <= earlier.end for earlier, later in pairwise(in_order)):
        yield LeavesOverlap("leaves")


def wrong_references(person: Person, departments: Container[str], people: Container[str]) -> Iterator[Refused]:
    """What a person's entry names that is not there. `departments` are open ones, `people` work here."""
    if person.department not in departments:
        yield UnknownDepartment("department", department=person.department)
    for field, deputy in deputies_named(person):
        if deputy == person.id:
            yield OwnDeputy(field)
        elif deputy not in people:
            yield UnknownPerson(field, person=deputy)


def deputies_named(person: Person) -> Iterator[tuple[str, str]]:
    """Field and id of everyone who is named as standing in."""
    if person.deputy:
        yield "deputy", person.deputy
    for leave in person.leaves:
        if leave.deputy:
            yield "leaves", leave.deputy


Span = tuple[str, date, date]


def stands_in(deputy: str | None, leaves: Sequence[Leave]) -> list[Span]:
    """Who stands in for somebody, from when to when: the standing deputy always, for nobody knows when one is gone."""
    always = [(deputy, date.min, date.max)] if deputy else []
    return [*always, *((leave.deputy, leave.start, leave.end) for leave in leaves if leave.deputy)]
