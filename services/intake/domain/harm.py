"""What happened to people and things (제품안전기본법 13조의2 asks for it)."""

from typing import Annotated, Final, Literal

from pydantic import Field

from services.intake.domain.persons import Name
from shared.contracts.complaint import HarmSummary
from shared.web.shapes import In

Victim = Literal["complainant", "family", "other"]
"""Who was hurt, seen from the one who complains; often it is somebody else."""

NO_HARM: Final = HarmSummary()


class InjuredPerson(In):
    """One person who was hurt. Sealed with the contact if health data may be kept; others see numbers only."""

    who: Victim = "complainant"
    name: Name | None = None
    injury: Name | None = None
    treated: bool = False
    weeks: Annotated[int, Field(ge=0, le=520)] = 0
    death: bool = False


class Harm(In):
    """Harm as it is stated; who the persons were is health data."""

    persons: Annotated[list[InjuredPerson], Field(max_length=100)] = Field(default_factory=list)
    fire_or_explosion: bool = False
    property_damage: bool = False

    def summary(self) -> HarmSummary:
        """Numbers only: nothing that tells who."""
        if not (self.persons or self.fire_or_explosion or self.property_damage):
            return NO_HARM
        return HarmSummary(
            injured=sum(not p.death for p in self.persons),
            treated=sum(p.treated for p in self.persons),
            deaths=sum(p.death for p in self.persons),
            longest_treatment_weeks=max((p.weeks for p in self.persons), default=0),
            fire_or_explosion=self.fire_or_explosion,
            property_damage=self.property_damage,
        )
