"""The initial assessment (ISO 10002): severity, complexity, impact, need for immediate action, by rules."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from services.intake.domain.condition import Condition, Conditions, Known
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

    @cached_property
    def _severity(self) -> Conditions[SeverityRule]:
        return Conditions(self.severity, self._because)

    @cached_property
    def _complexity(self) -> Conditions[LevelRule]:
        return Conditions(self.complexity, self._because)

    @cached_property
    def _impact(self) -> Conditions[LevelRule]:
        return Conditions(self.impact, self._because)

    @cached_property
    def _action(self) -> Conditions[ActionRule]:
        return Conditions(self.immediate_action, self._because)

    def severity_of(self, known: Known) -> tuple[Severity, Because]:
        """Severity and why."""
        rule, because = self._severity.first(known)
        return rule.result, because

    def complexity_of(self, known: Known) -> tuple[Level, Because]:
        """Complexity and why."""
        rule, because = self._complexity.first(known)
        return rule.result, because

    def impact_of(self, known: Known) -> tuple[Level, Because]:
        """Impact and why."""
        rule, because = self._impact.first(known)
        return rule.result, because

    def action_needed(self, known: Known) -> tuple[bool, Because]:
        """Whether someone has to act at once, and why."""
        rule, because = self._action.first(known)
        return rule.result == "yes", because

    def _because(self, rule: SeverityRule | LevelRule | ActionRule, known: Known) -> Because:
        least = next(iter(rule.at_least.values()), None)
        inputs = {"result": rule.result, **rule.inputs(known)}
        return Because(rule=rule.id, version=self.version, inputs=inputs, threshold=least)
