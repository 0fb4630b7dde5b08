"""The shape of `clocks.yaml`: which clocks run for a complaint, how long, and who is called about them."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from services.intake.domain.complaint import Complaint
from shared.calendar.business import Ends
from shared.contracts.card import ClockName, Level
from shared.rules import RulesFile, RulesPart

Trait = Literal["kind", "channel", "severity", "category", "product_code"]


class ClockRule(RulesPart):
    """How long a clock runs if this holds. `again`: for what was given before and returned."""

    id: str = Field(pattern=r"^clock\.[a-z_.]+$")
    clock: ClockName
    when: dict[Trait, list[str]] = Field(default_factory=dict)
    again: bool = False
    business_days: int | None = Field(None, ge=1, le=250)
    business_minutes: int | None = Field(None, ge=1, le=100_000)
    ends: Ends = "closing"
    pauses: bool = False
    warn_before_minutes: int = Field(ge=1)
    source: str = Field(min_length=1)

    def holds(self, complaint: Complaint) -> bool:
        """Whether it is for this complaint."""
        for trait, values in self.when.items():
            if getattr(complaint, trait) not in values:
                return False
        return True

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.business_days is None) == (self.business_minutes is None):
            raise ValueError("give either business_days or business_minutes")
        return self


class EscalationLevel(RulesPart):
    """Who is called next: at the warning, or so much working time after the end."""

    level: Level
    at: Literal["warning", "due"]
    after_minutes: int = Field(0, ge=0)


class ClockRules(RulesFile):
    """Every clock, and the levels that are called about each."""

    clocks: list[ClockRule] = Field(min_length=1)
    levels: list[EscalationLevel] = Field(min_length=1)

    @cached_property
    def by_id(self) -> dict[str, ClockRule]:
        """The rules by their id."""
        return {rule.id: rule for rule in self.clocks}

    def rule_for(self, clock: ClockName, complaint: Complaint, again: bool = False) -> ClockRule | None:
        """The first rule that holds; again, the first for that or else the usual one."""
        for rule in self._by_clock.get((clock, again), ()):
            if rule.holds(complaint):
                return rule
        return self.rule_for(clock, complaint) if again else None

    @cached_property
    def _by_clock(self) -> dict[tuple[ClockName, bool], list[ClockRule]]:
        found: dict[tuple[ClockName, bool], list[ClockRule]] = {}
        for rule in self.clocks:
            found.setdefault((rule.clock, rule.again), []).append(rule)
        return found

    def level_at(self, stage: int) -> EscalationLevel | None:
        """Who is called at a stage; None when all have been."""
        return self.levels[stage] if stage < len(self.levels) else None

    @model_validator(mode="after")
    def _rises(self) -> Self:
        order = [(level.at == "due", level.after_minutes) for level in self.levels]
        if order != sorted(order):
            raise ValueError("levels: must stand in the order in which they are called")
        return self
