"""The shape of the hazard dictionary, `hazards.yaml`."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from shared.language.hazards.found import Severity
from shared.language.phrases import read_phrase
from shared.rules import RulesFile, RulesPart


def _notation(written: str) -> str:
    read_phrase(written)
    return written


def _head(written: str) -> str:
    if "" in read_phrase(written).heads:
        raise ValueError(f'"{written}" must begin with a letter')
    return written


Words = Annotated[str, AfterValidator(_head)]
Cue = Annotated[str, AfterValidator(_notation)]


class Names(RulesPart):
    """What people call it."""

    ko: str
    en: str


class HazardRule(RulesPart):
    """One reason to see the hazard; a severity here stands in place of the kind's, `near_miss` is said by the words."""

    id: str
    words: list[Words] = Field(min_length=1)
    severity: Severity | None = None
    near_miss: bool = False


class HazardKind(RulesPart):
    """A hazard, the words that tell of it, and longer words that contain them and do not."""

    kind: str
    names: Names
    severity: Severity
    homonyms: list[Cue] = []
    rules: list[HazardRule] = Field(min_length=1)


class Context(RulesPart):
    """Words directly before, directly after, or across a hazard's words that change what they say."""

    before: list[Cue] = []
    around: list[Cue] = []
    after: list[Cue] = []


class Lowered(RulesPart):
    """The severity of a hazard that did not happen, by the severity it would have had."""

    critical: Severity
    serious: Severity
    minor: Severity


class HazardDictionary(RulesFile):
    """`within`: characters a tilde may pass over; `longest`: characters read of one text."""

    within: int = Field(ge=1, le=20)
    longest: int = Field(ge=1000, le=1_000_000)
    near_miss_severity: Lowered
    concern_severity: Lowered
    negation: Context
    near_miss: Context
    concern: Context
    kinds: list[HazardKind] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_name_twice(self) -> Self:
        names = [kind.kind for kind in self.kinds] + [rule.id for kind in self.kinds for rule in kind.rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"kinds and rule ids must differ; used twice: {', '.join(twice)}")
        return self
