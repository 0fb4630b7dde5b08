"""When a company works: the shape of `working_time.yaml`."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from shared.calendar.public_holidays import FIRST_YEAR, LAST_YEAR
from shared.rules import Names, RulesFile, RulesPart, find_rules, load_rules

SHIPPED: Final = Path(__file__).parent / "rules"
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: Final[tuple[Weekday, ...]] = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class CompanyHoliday(RulesPart):
    """A day on which the company is closed."""

    day: date
    names: Names


class WorkingTime(RulesFile):
    """Hours, weekend and company holidays; whose public holidays count says the setting `CCMS_CALENDAR`."""

    opens: TimeOfDay
    closes: TimeOfDay
    weekend: list[Weekday] = Field(max_length=6)
    company_holidays: list[CompanyHoliday]

    @property
    def hours(self) -> tuple[time, time]:
        """Opening and closing time in Korea."""
        return time.fromisoformat(self.opens), time.fromisoformat(self.closes)

    @property
    def length(self) -> timedelta:
        """How long a working day is."""
        opens, closes = self.hours
        return timedelta(hours=closes.hour - opens.hour, minutes=closes.minute - opens.minute)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("closes: must be later than opens")
        for holiday in self.company_holidays:
            if not FIRST_YEAR <= holiday.day.year <= LAST_YEAR:
                raise ValueError(f"company_holidays: {holiday.day} lies outside {FIRST_YEAR} to {LAST_YEAR}")
        return self


def load_working_time(override: Path | None = None) -> WorkingTime:
    """The shipped hours, or the company's own in the folder `override`. Raises RulesError."""
    return load_rules(find_rules("working_time.yaml", SHIPPED, override), WorkingTime)
