"""Conditions in rules files: what has to be known of a complaint for a rule to hold."""

from bisect import bisect_right, insort
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar

from pydantic import Field

from shared.contracts.because import Because
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
_MOST_KNOWN: Final = 4096


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


C = TypeVar("C", bound=Condition)


class Conditions(Generic[C]):
    """Conditions in their order, with the reason that each is. `because` says it of a condition and what is known.

    Many complaints are alike in all that is asked of them: those are answered from memory. A reason that tells a number
    is made anew.
    """

    def __init__(self, conditions: Sequence[C], because: Callable[[C, Known], Because]) -> None:
        self._conditions, self._because = conditions, because
        self._traits = list(dict.fromkeys(trait for one in conditions for trait in one.any_of))
        self._steps: dict[Number, list[int]] = {}
        for one in conditions:
            for name, least in one.at_least.items():
                insort(self._steps.setdefault(name, []), least)
        self._answers: dict[Hashable, list[tuple[C, Because | None]]] = {}

    def holding(self, known: Known) -> Iterator[tuple[C, Because]]:
        """Those that hold for what is known, and why."""
        traits = [known.traits.get(trait) for trait in self._traits]
        asked = (*traits, *(bisect_right(steps, known.numbers.get(name, 0)) for name, steps in self._steps.items()))
        answer = self._answers.get(asked)
        if answer is None:
            answer = self._answers[asked] = self._answer(known)
        for one, because in answer:
            yield one, because or self._because(one, known)

    def first(self, known: Known) -> tuple[C, Because]:
        """The first that holds; one always has to."""
        return next(self.holding(known))

    def _answer(self, known: Known) -> list[tuple[C, Because | None]]:
        if len(self._answers) >= _MOST_KNOWN:
            self._answers.clear()
        holding = [one for one in self._conditions if one.holds(known)]
        return [(one, None if one.at_least else self._because(one, known)) for one in holding]
