"""Everything that the CC Card decides by: `card.yaml`, `causes.yaml`, `clocks.yaml` and the business calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from services.intake.domain.clock_rules import ClockRules
from shared.calendar.business import BusinessCalendar
from shared.calendar.public_holidays import Country
from shared.rules import Names, RulesFile, RulesPart, find_rules, load_rules

SHIPPED: Final = Path(__file__).parents[1] / "rules"


class Body(RulesPart):
    """A body outside the company."""

    code: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    names: Names
    contact: str | None = None


class CardPolicy(RulesFile):
    """The shape of `card.yaml`: how long silence and quiet have to last, and whom to name or to refer to."""

    silence_business_days: int = Field(ge=1, le=250)
    quiet_days: int = Field(ge=1, le=3650)
    recurrence_days: int = Field(ge=1, le=3650)
    recourse: list[Body] = Field(min_length=1)
    referral: list[Body] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        _each_once("recourse", [body.code for body in self.recourse])
        _each_once("referral", [body.code for body in self.referral])
        return self


class Cause(RulesPart):
    """One cause that a department may give."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    group: Literal["product", "logistics", "service", "selling", "outside"]
    names: Names


class Causes(RulesFile):
    """The shape of `causes.yaml`."""

    causes: list[Cause] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        _each_once("causes", [cause.code for cause in self.causes])
        return self

    @cached_property
    def by_code(self) -> dict[str, Cause]:
        """The causes by their code."""
        return {cause.code: cause for cause in self.causes}


@dataclass(frozen=True)
class CardRules:
    """All of it, loaded once."""

    policy: CardPolicy
    causes: Causes
    clocks: ClockRules
    calendar: BusinessCalendar
    wound: dict[tuple[str, int | datetime], tuple[datetime, tuple[str, ...], datetime]] = field(default_factory=dict)
    """How clocks run, by rule and start: the moment, or the day for those that count days."""

    @classmethod
    def load(cls, override: Path | None = None, country: Country = "KR") -> "CardRules":
        """The shipped rules, or those of the same name in the folder `override`; `country` has the holidays.

        Raises RulesError.
        """
        return cls(
            load_rules(find_rules("card.yaml", SHIPPED, override), CardPolicy),
            load_rules(find_rules("causes.yaml", SHIPPED, override), Causes),
            load_rules(find_rules("clocks.yaml", SHIPPED, override), ClockRules),
            BusinessCalendar.load(override, country),
        )


def _each_once(field: str, codes: Sequence[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise ValueError(f'{field}: "{code}" stands twice')
