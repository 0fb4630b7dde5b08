"""What sharing decides by, as data: sign-in, passwords, and the words of directory files."""

from datetime import timedelta
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from shared.contracts.organisation import Employment
from shared.identity.principal import ROLES
from shared.rules import RulesFile, RulesPart

Whole = Annotated[int, Field(ge=1)]


class PasswordRules(RulesPart):
    """What is asked of a password. `refused` are beginnings that everybody tries first."""

    least: Annotated[int, Field(ge=8)]
    most: Annotated[int, Field(le=1024)]
    least_different: Whole
    refused: list[str]


class SignInRules(RulesFile):
    """The shape of `sign_in.yaml`: after so many failures within a time a name is locked for a time."""

    failures: Whole
    within_minutes: Whole
    locked_minutes: Whole
    password: PasswordRules

    @property
    def within(self) -> timedelta:
        """How long a failure counts."""
        return timedelta(minutes=self.within_minutes)

    @property
    def locked(self) -> timedelta:
        """How long a name is locked."""
        return timedelta(minutes=self.locked_minutes)


Spoken = dict[str, list[str]]
"""What we call something → what files call it, compared without case, spaces, hyphens and underscores."""


class DirectoryRules(RulesFile):
    """The shape of `directory.yaml`: how personnel offices name columns, kinds of employment, roles, yes and no."""

    people: Spoken
    departments: Spoken
    employment: dict[Employment, list[str]]
    roles: Spoken
    yes: list[str]
    no: list[str]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for role in set(self.roles) - ROLES:
            raise ValueError(f'roles: "{role}" is no role; one of {", ".join(sorted(ROLES))}')
        for field in ("people", "departments", "employment", "roles"):
            words = [bare(word) for said in getattr(self, field).values() for word in said]
            for word in words:
                if words.count(word) > 1:
                    raise ValueError(f'{field}: "{word}" stands twice')
        return self

    def field_of(self, kind: str, column: str) -> str | None:
        """The field that a column of a file of this kind is; None for one that we do not know."""
        return self._columns[kind].get(bare(column))

    def employment_of(self, word: str) -> str:
        """The kind of employment that a word means, else the word itself."""
        return self._employment.get(bare(word), word)

    def role_of(self, word: str) -> str:
        """The role that a word means, else the word itself."""
        return self._roles.get(bare(word), word)

    @cached_property
    def _columns(self) -> dict[str, dict[str, str]]:
        return {"people": _by_word(self.people), "departments": _by_word(self.departments)}

    @cached_property
    def _employment(self) -> dict[str, str]:
        return _by_word({str(kind): said for kind, said in self.employment.items()})

    @cached_property
    def _roles(self) -> dict[str, str]:
        return _by_word({role: self.roles.get(role, []) for role in ROLES})


class SharingRules(RulesPart):
    """All of them."""

    sign_in: SignInRules
    directory: DirectoryRules


def bare(word: str) -> str:
    """A word as it is compared."""
    return "".join(letter for letter in word.casefold() if letter not in " _-.·()/")


def _by_word(spoken: Spoken) -> dict[str, str]:
    return {bare(word): meaning for meaning, said in spoken.items() for word in (meaning, *said)}
