"""Conditions in rules files: what has to be known of a complaint for a rule to hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from shared.rules import RulesPart

Number = Literal[
    "deaths",
    "injured",
    "treated",
    "weeks",
    "fire_or_explosion",
    "property_damage",
    "departments",
    "characters",
]
Trait = Literal["kind", "category", "product_line", "hazards", "hazard_severity", "severity", "topics", "product_code"]
Inputs = dict[str, str | int | float | bool]
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    """What is known of a complaint so far: numbers, and traits that may have several values at once."""

    numbers: Mapping[Number, int]
    traits: Mapping[Trait, frozenset[str]]

    def also(self, numbers: Mapping[Number, int], traits: Mapping[Trait, frozenset[str]]) -> "Known":
        """The same, with what a further step of the assessment found out."""
        return Known({**self.numbers, **numbers}, {**self.traits, **traits})


class Condition(RulesPart):
    """Holds when every number is large enough and every trait has one of its values; without any, always."""

    at_least: dict[Number, int] = Field(default_factory=dict)
    any_of: dict[Trait, list[str]] = Field(default_factory=dict)

    def holds(self, known: Known) -> bool:
        """Whether all of it is so."""
        for name, least in self.at_least.items():
            if known.numbers.get(name, 0) < least:
                return False
        for trait, values in self.any_of.items():
            if known.traits.get(trait, _NONE).isdisjoint(values):
                return False
        return True

    def inputs(self, known: Known) -> Inputs:
        """What the decision was read from."""
        read: Inputs = {name: known.numbers.get(name, 0) for name in self.at_least}
        for name, values in self.any_of.items():
            read[name] = ", ".join(sorted(known.traits.get(name, _NONE).intersection(values)))
        return read
