"""The initial assessment (ISO 10002): severity, complexity, impact, need for immediate action, by rules."""

from collections.abc import Sequence
from typing import Literal, Self, TypeVar

from pydantic import Field, model_validator

from services.intake.domain.condition import Condition, Known
from shared.contracts.because import Because
from shared.contracts.complaint import Severity
from shared.rules import RulesFile

Level = Literal["low", "medium", "high"]


class SeverityRule(Condition):
    """How severe a complaint is, if this holds."""

    id: str
    result: Severity


class LevelRule(Condition):
    """How complex it is, or how wide its impact, if this holds."""

    id: str
    result: Level


class ActionRule(Condition):
    """Whether someone has to act at once, if this holds."""

    id: str
    result: Literal["yes", "no"]


class Assessment(RulesFile):
    """The shape of `assessment.yaml`: in each list the first rule that holds decides."""

    severity: list[SeverityRule] = Field(min_length=1)
    complexity: list[LevelRule] = Field(min_length=1)
    impact: list[LevelRule] = Field(min_length=1)
    immediate_action: list[ActionRule] = Field(min_length=1)

    @model_validator(mode="after")
    def _something_always_holds(self) -> Self:
        for name in ("severity", "complexity", "impact", "immediate_action"):
            last: Condition = getattr(self, name)[-1]
            if last.at_least or last.any_of:
                raise ValueError(f"{name}: the last rule must have no condition, so that one always holds")
        return self

    def severity_of(self, known: Known) -> tuple[Severity, Because]:
        """Severity and why."""
        rule = _first(self.severity, known)
        return rule.result, self._because(rule.id, rule.result, rule, known)

    def complexity_of(self, known: Known) -> tuple[Level, Because]:
        """Complexity and why."""
        rule = _first(self.complexity, known)
        return rule.result, self._because(rule.id, rule.result, rule, known)

    def impact_of(self, known: Known) -> tuple[Level, Because]:
        """Impact and why."""
        rule = _first(self.impact, known)
        return rule.result, self._because(rule.id, rule.result, rule, known)

    def action_needed(self, known: Known) -> tuple[bool, Because]:
        """Whether someone has to act at once, and why."""
        rule = _first(self.immediate_action, known)
        return rule.result == "yes", self._because(rule.id, rule.result, rule, known)

    def _because(self, id: str, result: str, condition: Condition, known: Known) -> Because:
        least = next(iter(condition.at_least.values()), None)
        inputs = {"result": result, **condition.inputs(known)}
        return Because(rule=id, version=self.version, inputs=inputs, threshold=least)


_Rule = TypeVar("_Rule", bound=Condition)


def _first(rules: Sequence[_Rule], known: Known) -> _Rule:
    return next(rule for rule in rules if rule.holds(known))
