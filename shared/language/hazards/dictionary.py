"""The shape of the hazard dictionary, `hazards.yaml`."""

import re
from typing import Any, Self, TypeGuard

from pydantic import Field, model_validator

from shared.language.hazards.found import Severity
from shared.language.phrases import Cue, Words
from shared.rules import Names, RulesFile, RulesPart


class HazardRule(RulesPart):
    """One reason to see the hazard; `severity` replaces the kind's, `near_miss` says what the words mean."""

    id: str
    words: list[Words] = Field(min_length=1)
    severity: Severity | None = None
    near_miss: bool = False


class HazardKind(RulesPart):
    """A hazard, the words that tell of it, and longer words that contain them and do not."""

    kind: str
    names: Names
    severity: Severity
    homonyms: list[Cue] = Field(default_factory=list)
    rules: list[HazardRule] = Field(min_length=1)


class Context(RulesPart):
    """Words directly before, directly after, or across a hazard's words that change what they say."""

    before: list[Cue] = Field(default_factory=list)
    around: list[Cue] = Field(default_factory=list)
    after: list[Cue] = Field(default_factory=list)


class Lowered(RulesPart):
    """The severity of a hazard that did not happen, by the severity it would have had."""

    critical: Severity
    serious: Severity
    minor: Severity


class HazardDictionary(RulesFile):
    """`within`: characters a tilde may pass over; `longest`: characters read of one text; `lists`: see `@`."""

    within: int = Field(ge=1, le=20)
    lists: dict[str, list[str]] = Field(default_factory=dict)
    longest: int = Field(ge=1000, le=1_000_000)
    near_miss_severity: Lowered
    concern_severity: Lowered
    negation: Context
    near_miss: Context
    concern: Context
    kinds: list[HazardKind] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _lists_spelled_out(cls, data: Any) -> Any:
        lists = data.get("lists") if isinstance(data, dict) else None
        return _spelled_out(data, lists) if _are_lists_of_text(lists) else data

    @model_validator(mode="after")
    def _no_name_twice(self) -> Self:
        names = [kind.kind for kind in self.kinds] + [rule.id for kind in self.kinds for rule in kind.rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"kinds and rule ids must differ; used twice: {', '.join(twice)}")
        return self


def _are_lists_of_text(lists: Any) -> TypeGuard[dict[str, list[str]]]:
    """Otherwise the fields' own types say what is wrong."""
    if not isinstance(lists, dict):
        return False
    return all(isinstance(one, list) and all(isinstance(word, str) for word in one) for one in lists.values())


def _spelled_out(data: Any, lists: dict[str, list[str]]) -> Any:
    """`data` with each `@name` in its texts replaced by one of that list."""
    if isinstance(data, dict):
        return {key: value if key == "lists" else _spelled_out(value, lists) for key, value in data.items()}
    if isinstance(data, list):
        return [_spelled_out(value, lists) for value in data]
    return re.sub("@([a-z_]+)", lambda name: _one_of(name[1], lists), data) if isinstance(data, str) else data


def _one_of(name: str, lists: dict[str, list[str]]) -> str:
    if name not in lists:
        raise ValueError(f'lists: there is no list "{name}"; one of {", ".join(sorted(lists))}')
    # The longest first: else "손가락" would be read as "손" with a particle.
    return f"({'|'.join(sorted(lists[name], key=len, reverse=True))})"
