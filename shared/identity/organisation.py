"""Departments with three levels of people (부서장 · 팀장 · 담당), and who has which role."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from pydantic import Field, model_validator

from shared.identity.principal import ROLES
from shared.rules import Names, RulesFile, RulesPart, load_rules

SAMPLE: Final = Path(__file__).with_name("sample_organisation.yaml")
"""An invented company with food, small appliances and home shopping."""


class Person(RulesPart):
    """Someone who works here. `roles` are those of `shared.identity.principal`."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    name: str = Field(min_length=1)
    roles: list[str] = Field(min_length=1)
    department: str


class Department(RulesPart):
    """A department; `head`, `lead` and `assignee` are ids of people."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    names: Names
    head: str
    lead: str
    assignee: str

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
        """The person with this id."""
        return self._people.get(id)

    def department(self, code: str) -> Department | None:
        """The department with this code."""
        return self._departments.get(code)

    def with_role(self, role: str) -> list[Person]:
        """Everyone with this role, in the order in which they are called."""
        return [person for person in self.people if role in person.roles]

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {department.code: department for department in self.departments}

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
            for id in set(department.levels) - set(self._people):
                raise ValueError(f'departments: {department.code}: there is no person "{id}"')
        return self


def load_organisation(path: Path = SAMPLE) -> Organisation:
    """Read the organisation's file. Raises RulesError."""
    return load_rules(path, Organisation)


def _once(field: str, names: Iterable[str]) -> None:
    known = list(names)
    for name in known:
        if known.count(name) > 1:
            raise ValueError(f'{field}: "{name}" stands twice')
