"""What is known of one cause of one product: where it was seen, which fixes were verified, whether they held."""

from datetime import datetime, timedelta
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from services.intake.domain.complaint import Complaint
from services.intake.domain.waiting import start_of
from shared.contracts.because import Because
from shared.contracts.card import Evidence
from shared.db.aggregate import Aggregate
from shared.runtime.clock import KOREA

MOST_SIGHTINGS = 200
Judgement = Literal["before", "recurred", "covered", "apart"]
"""A unit from before the fix; the cause came back in time; a case that the fix was verified with; none of these."""


class Unit(BaseModel):
    """When the thing complained of was made, as far as anybody knows, and when the complaint came."""

    complaint_id: str
    number: str
    filed_at: datetime
    made_on: str | None = None
    bought_on: str | None = None
    lot: str | None = None

    @classmethod
    def of(cls, complaint: Complaint) -> "Unit":
        """The unit that a complaint is about; of a service, the day on which it was given."""
        happened = complaint.occurred_at
        service_day = happened.astimezone(KOREA).date().isoformat() if happened else None
        return cls(
            complaint_id=complaint.id,
            number=complaint.number,
            filed_at=complaint.filed_at,
            made_on=complaint.manufactured_on,
            bought_on=complaint.bought_on or service_day,
            lot=complaint.lot,
        )


class Fix(BaseModel):
    """A verified fix: units made from `effective_from` or `effective_lot` on are without the cause.

    `complaints` were verified by it; from `failed_at` on, when the cause came back, it speaks for none any more.
    """

    id: str
    effective_from: str
    effective_lot: str | None = None
    verified_at: datetime
    verified_by: str = ""
    evidence: Evidence = "figures"
    complaints: list[str] = Field(default_factory=list)
    failed_at: datetime | None = None

    def came_before(self, unit: Unit) -> bool | None:
        """Whether the unit was certainly made before the fix; False: certainly after it; None: nobody knows."""
        if unit.made_on:
            return unit.made_on < self.effective_from
        if unit.lot and self.effective_lot and _comparable(unit.lot, self.effective_lot):
            return unit.lot < self.effective_lot
        if unit.bought_on and unit.bought_on < self.effective_from:
            return True
        return None

    def judge(self, unit: Unit, within: timedelta) -> Judgement:
        """What one more complaint with this product and cause says of the fix."""
        before = self.came_before(unit)
        if before:
            return "before"
        if before is None and unit.filed_at < self.verified_at:
            return "covered"
        return "recurred" if unit.filed_at < self.verified_at + within else "apart"


class KnownCause(Aggregate):
    """One cause of one product, by the complaints that it was found in. `id` is `key_of` both."""

    collection: ClassVar[str] = "known_causes"

    product_code: str
    cause: str
    sightings: list[Unit] = Field(default_factory=list)
    fixes: list[Fix] = Field(default_factory=list)

    def see(self, unit: Unit) -> None:
        """The cause was found in one more complaint; the newest are kept."""
        others = [one for one in self.sightings if one.complaint_id != unit.complaint_id]
        self.sightings = [*others, unit][-MOST_SIGHTINGS:]

    def forget(self, complaint_id: str) -> None:
        """The cause is not that of this complaint after all."""
        self.sightings = [one for one in self.sightings if one.complaint_id != complaint_id]

    def newest_fix(self) -> Fix | None:
        """The fix that holds now."""
        holding = (fix for fix in self.fixes if fix.failed_at is None)
        return max(holding, key=lambda fix: fix.verified_at, default=None)

    def add_to_fix(self, fix: Fix, complaint_id: str) -> None:
        """A fix was verified for one more complaint; one that was verified again counts from then on."""
        there = next((one for one in self.fixes if one.id == fix.id), None)
        known = there.complaints if there else []
        if there is None or fix.verified_at > there.verified_at:
            self.fixes = [one for one in self.fixes if one is not there]
            there = fix.model_copy(update={"complaints": list(known)})
            self.fixes.append(there)
        if complaint_id not in there.complaints:
            there.complaints.append(complaint_id)

    def seen_after(self, complaint: Complaint, effective_from: str) -> Unit | None:
        """A unit with this cause that came after a fix is said to work, in another complaint."""
        fix = Fix(id="", effective_from=effective_from, verified_at=start_of(effective_from))
        others = (unit for unit in self.sightings if unit.complaint_id != complaint.id)
        return next((u for u in others if u.filed_at >= fix.verified_at and not fix.came_before(u)), None)


def key_of(product_code: str, cause: str) -> str:
    """The id of what is known of a cause of a product."""
    return f"{product_code}:{cause}"


def keys_of(complaint: Complaint) -> list[str]:
    """What was found in a complaint: its product with each cause; nothing while the product is not known."""
    code = complaint.product_code
    causes = dict.fromkeys(subcase.cause for subcase in complaint.subcases if subcase.cause and not subcase.owes)
    return [key_of(code, cause) for cause in causes if cause] if code else []


def why(rule: str, unit: Unit, fix: Fix, days: int, version: str) -> Because:
    """Why a complaint counts, or does not count, against a fix."""
    inputs: dict[str, str | int | float | bool] = {
        "complaint": unit.number,
        "made_on": unit.made_on or "",
        "lot": unit.lot or "",
        "filed_at": unit.filed_at.isoformat(),
        "effective_from": fix.effective_from,
        "effective_lot": fix.effective_lot or "",
        "verified_at": fix.verified_at.isoformat(),
        "fix": fix.id,
    }
    return Because(rule=f"recurrence.{rule}", version=version, inputs=inputs, threshold=days)


def _comparable(lot: str, other: str) -> bool:
    """Lots follow each other when they differ in digits only."""
    return len(lot) == len(other) and all(a == b or (a + b).isdecimal() for a, b in zip(lot, other, strict=True))
