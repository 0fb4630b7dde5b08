"""Departments with three levels of people (부서장 · 팀장 · 담당), who has which role, and who stands in for whom."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from pydantic import Field, model_validator

from shared.contracts.organisation import Employment
from shared.identity.principal import ROLES
from shared.rules import Names, RulesFile, RulesPart, load_rules

SAMPLE: Final = Path(__file__).with_name("sample_organisation.yaml")
"""An invented company with food, small appliances and home shopping."""

PERSON_ID: Final = r"^[a-z0-9][a-z0-9._-]{0,39}$"
DEPARTMENT_CODE: Final = r"^[a-z0-9][a-z0-9_-]{0,39}$"


class Leave(RulesPart):
    """A time away (부재), from the first to the last day, and who decides meanwhile (대결자)."""

    start: date
    end: date
    deputy: str | None = None


class Person(RulesPart):
    """Someone who works here, or did (`active` is false then). `roles` are those of `shared.identity.principal`."""

    id: str = Field(pattern=PERSON_ID)
    name: str = Field(min_length=1)
    roles: list[str] = Field(min_length=1)
    department: str
    employment: Employment = "regular"
    leaves: list[Leave] = Field(default_factory=list)
    deputy: str | None = None
    active: bool = True

    def leave_on(self, day: date) -> Leave | None:
        """The leave that they are on, if any."""
        return next((leave for leave in self.leaves if leave.start <= day <= leave.end), None)

    def is_here(self, day: date) -> bool:
        """Whether they work here and are not on leave."""
        return self.active and self.leave_on(day) is None

    def deputy_on(self, day: date) -> str | None:
        """Who stands in for them that day: whom the leave names, else their standing deputy."""
        leave = self.leave_on(day)
        return (leave.deputy if leave else None) or self.deputy


class Department(RulesPart):
    """A department; `head`, `lead`, `assignee` and `executive` are ids of people.

    Once it is closed (not `active`), its `successor` has taken over what it owes.
    """

    code: str = Field(pattern=DEPARTMENT_CODE)
    names: Names
    head: str
    lead: str
    assignee: str
    executive: str | None = None
    active: bool = True
    successor: str | None = None

    @property
    def levels(self) -> tuple[str, str, str]:
        """부서장, 팀장, 담당."""
        return self.head, self.lead, self.assignee


class Organisation(RulesFile):
    """Departments and people. Their order counts: whoever stands first in a role is called first."""

    names: Names
    departments: list[Department] = Field(min_length=1)
    people: list[Person] = Field(min_length=1)

    def person(self, id: str) -> Person | None:
        """The person with this id, also one who has left."""
        return self._people.get(id)

    def department(self, code: str) -> Department | None:
        """The department with this code, also a closed one."""
        return self._departments.get(code)

    def with_role(self, role: str) -> list[Person]:
        """Everyone who works here with this role, in the order in which they are called."""
        return self._by_role.get(role, [])

    def acting_for(self, id: str, on: date) -> Person | None:
        """Who decides for this person on that day: they themselves, or their deputy when they are away or gone.

        None when nobody is there: then the level above is to be asked.
        """
        seen: set[str] = set()
        asked: str | None = id
        while asked is not None and asked not in seen:
            seen.add(asked)
            person = self.person(asked)
            if person is None or person.is_here(on):
                return person
            asked = person.deputy_on(on)
        return None

    def in_charge(self, code: str) -> Department | None:
        """The department that has this code's work now: itself, or whoever succeeded it once it was closed."""
        seen: set[str] = set()
        department = self.department(code)
        while department is not None and not department.active and department.code not in seen:
            seen.add(department.code)
            department = self.department(department.successor) if department.successor else None
        return department if department is not None and department.active else None

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {department.code: department for department in self.departments}

    @cached_property
    def _by_role(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            for role in person.roles if person.active else ():
                found[role].append(person)
        return dict(found)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        _once("people", (person.id for person in self.people))
        _once("departments", (department.code for department in self.departments))
        for person in self.people:
            if person.department not in self._departments:
                raise ValueError(f'people: {person.id}: there is no department "{person.department}"')
            for role in set(person.roles) - ROLES:
                raise ValueError(f'people: {person.id}: "{role}" is no role; one of {", ".join(sorted(ROLES))}')
        for department in self.departments:
            named = {*department.levels, *([department.executive] if department.executive else [])}
            for id in named - set(self._people):
                raise ValueError(f'departments: {department.code}: there is no person "{id}"')
        return self


def load_organisation(path: Path = SAMPLE) -> Organisation:
    """Read the organisation's file. Raises RulesError."""
    return load_rules(path, Organisation)


def organisation_with(people: Iterable[Person], departments: Iterable[Department]) -> Organisation:
    """An organisation of people and departments that were checked before."""
    return Organisation.model_construct(
        version="directory",
        effective=date.min,
        source="directory",
        names=Names(ko="회사", en="Company"),
        departments=list(departments),
        people=list(people),
    )


def _once(field: str, names: Iterable[str]) -> None:
    known: set[str] = set()
    for name in names:
        if name in known:
            raise ValueError(f'{field}: "{name}" stands twice')
        known.add(name)
