"""The sample week: what customers of the invented company say from Monday to Sunday, and what people do about it.

Read from `week/*.yaml`, checked like rules files. Every text, name and number in them is invented.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from deploy.demo.acts import Act, Clock
from shared.contracts.complaint import Kind
from shared.rules import Names, RulesFile, RulesPart, load_rules

FOLDER: Final = Path(__file__).parent
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Way = Literal["form", "phone", "staff", "shop", "topic"]
"""Public form, call taken by an agent, an employee, the shop's program over the API, a program on the topic."""


class Moment(RulesPart):
    """A day of the week that is played and a time of that day."""

    day: Day
    at: Clock


class Injured(RulesPart):
    """One person who was hurt."""

    who: Literal["complainant", "family", "other"] = "complainant"
    injury: str
    treated: bool = False
    weeks: int = 0


class Hurt(RulesPart):
    """What happened to people and things."""

    persons: list[Injured] = Field(default_factory=list)
    property_damage: bool = False


class Contact(RulesPart):
    """An invented person; numbers of the form 010-0000-…, addresses at example.com."""

    name: str
    phone: str | None = Field(default=None, pattern=r"^010-0000-\d{4}$")
    email: str | None = Field(default=None, pattern=r"^[a-z.]+@example\.com$")


class Expected(RulesPart):
    """What a careful person would decide; read by tests only, never by what is played.

    `category`: any of these is right. `trap`: words that sound like a hazard and tell of none. `alike`: complaints of
    one problem, said differently. `again`: the same defect after a repair.
    """

    category: list[str] = Field(min_length=1)
    serious: bool = False
    hazards: list[str] = Field(default_factory=list)
    trap: str | None = None
    alike: str | None = None
    again: str | None = None


class Told(RulesPart):
    """One complaint of the week. `gist` is what English readers see, `note` what the storyteller adds."""

    id: str = Field(pattern=r"^[a-z]{3}-\d\d$")
    at: Clock
    way: Way
    channel: str | None = None
    kind: Kind = "complaint"
    product: str | None = None
    lot: str | None = None
    story: str | None = None
    title: str
    gist: str | None = None
    body: str
    harm: Hurt | None = None
    occurred: Moment | None = None
    remedy: str | None = None
    contact: Contact | None = None
    note: Names | None = None
    expect: Expected


class WeekDay(RulesFile):
    """The shape of `week/*.yaml`: a day's complaints, and what people of the company do about them."""

    day: Day
    opening: Names
    complaints: list[Told] = Field(min_length=1)
    acts: list[Act] = Field(default_factory=list)

    @property
    def scenes(self) -> list[str]:
        """Ids of everything that happens on the day."""
        return [told.id for told in self.complaints] + [act.id for act in self.acts]


def load_week() -> list[WeekDay]:
    """Monday to Sunday. Raises RulesError."""
    return [load_rules(path, WeekDay) for path in sorted((FOLDER / "week").glob("*.yaml"))]


def complaints_of(week: list[WeekDay]) -> dict[str, Told]:
    """Every complaint of the week, by its id."""
    return {told.id: told for day in week for told in day.complaints}


def day_of(day: Day, monday: date) -> date:
    """The date of a day of the week that begins on `monday`."""
    return date.fromordinal(monday.toordinal() + DAYS.index(day))


def days_of(week: Sequence[WeekDay], first: int) -> list[WeekDay]:
    """The first so many days of the week."""
    return [day for day in week if DAYS.index(day.day) < first]
