"""Who sees what of a complaint (services.md, "Who sees what"): decided here, and applied to whatever is shown.

Progress is open to all staff. What is said about somebody's health, and how many were hurt, is a kind only for most. A
complaint about an employee's conduct is for those who look into it; others learn that there is one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from services.intake.domain.complaint import Complaint
from services.intake.domain.health import HealthWords
from shared.contracts.complaint import HarmSummary
from shared.identity.organisation import Organisation
from shared.identity.principal import ROLES, Principal
from shared.language.phrases import Words
from shared.rules import Names, RulesFile, RulesPart, find_rules, load_rules

SHIPPED: Final = Path(__file__).parents[1] / "rules"
NO_CASES: Final = frozenset({"admin", "consumer"})
"""Roles by which nobody reads a case."""

Content = Literal["all", "kind", "nothing"]
Hidden = Literal["", "health", "content"]
HarmKind = Literal["death", "injury", "fire_or_explosion", "property_damage"]


class KindsOnly(HarmSummary):
    """Harm as those see it who may not know how many were hurt and how badly. `hidden`: what else is kept back."""

    kinds: tuple[HarmKind, ...] = ()
    hidden: Hidden = "health"


class HealthSight(RulesPart):
    """Who reads what is said about health, and by which words it is known."""

    roles: frozenset[str] = Field(strict=False)
    hazards: frozenset[str] = Field(strict=False)
    words: list[Words] = Field(min_length=1)


class ConductSight(RulesPart):
    """Who reads a complaint about an employee's conduct."""

    roles: frozenset[str] = Field(strict=False)


class OriginalSight(RulesPart):
    """Who may ask for the customer's own words, and for how to reach them."""

    text: frozenset[str] = Field(strict=False)
    contact: frozenset[str] = Field(strict=False)


class SightFile(RulesFile):
    """The shape of `sight.yaml`."""

    health: HealthSight
    conduct: ConductSight
    original: OriginalSight

    @cached_property
    def named(self) -> frozenset[str]:
        """Every role in it."""
        return self.health.roles | self.conduct.roles | self.original.text | self.original.contact


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer sees of one complaint.

    `content`: everything, its kind alone, or nothing at all. `health`: what is said about health too. `original` and
    `contact`: may ask for the customer's own words, and for how to reach them. `changes`: may change anything at all.
    """

    content: Content
    health: bool
    original: bool = False
    contact: bool = False
    changes: bool = False


class SightRules:
    """Decides; loaded and compiled once. `about_conduct` are codes of categories, `hazard_names` by kind."""

    def __init__(self, file: SightFile, about_conduct: Iterable[str], hazard_names: Mapping[str, Names]) -> None:
        if strange := file.named - ROLES:
            raise ValueError(f"sight.yaml: no roles: {', '.join(sorted(strange))}")
        self.file, self.about_conduct = file, frozenset(about_conduct)
        self.words = HealthWords(file.health.words)
        self.hazard_names = hazard_names

    @classmethod
    def load(
        cls, about_conduct: Iterable[str], hazard_names: Mapping[str, Names], override: Path | None = None
    ) -> "SightRules":
        """The shipped rules, or those of the same name in the folder `override`. Raises RulesError."""
        return cls(load_rules(find_rules("sight.yaml", SHIPPED, override), SightFile), about_conduct, hazard_names)

    def of(self, viewer: Principal, complaint: Complaint, organisation: Organisation, today: date) -> Sight:
        """What this viewer sees of this complaint today."""
        if viewer.kind == "public" or (viewer.kind == "person" and not viewer.roles - NO_CASES):
            return Sight("nothing", health=False)
        own = complaint.filed_by is not None and complaint.filed_by == viewer.id
        may_read = (
            own
            or complaint.category not in self.about_conduct
            or self._of_conduct(viewer, complaint, organisation, today)
        )
        original = may_read and viewer.kind == "person"
        return Sight(
            content="all" if may_read else "kind",
            health=may_read and (own or bool(viewer.roles & self.file.health.roles)),
            original=original and bool(viewer.roles & self.file.original.text),
            contact=original and bool(viewer.roles & self.file.original.contact),
            changes=viewer.kind == "person" and bool(viewer.roles - NO_CASES - {"auditor"}),
        )

    def _of_conduct(self, viewer: Principal, complaint: Complaint, organisation: Organisation, today: date) -> bool:
        if viewer.roles & self.file.conduct.roles:
            return True
        called = {routed.department for routed in complaint.departments}
        called |= {subcase.department for subcase in complaint.subcases}
        hands = {subcase.assignee for subcase in complaint.subcases}
        return viewer.kind == "person" and viewer.id in hands | _heads(called, organisation, today)


def _heads(codes: Iterable[str], organisation: Organisation, today: date) -> set[str]:
    """The heads of departments, and who decides for those who are away."""
    heads: set[str] = set()
    for code in codes:
        department = organisation.in_charge(code) or organisation.department(code)
        if department is not None:
            deputy = organisation.acting_for(department.head, today)
            heads |= {department.head} | ({deputy.id} if deputy else set())
    return heads


def is_kept_back(seen: Complaint) -> bool:
    """Whether a complaint is shown by its kind and its progress alone."""
    return isinstance(seen.harm, KindsOnly) and seen.harm.hidden == "content"


def harm_kinds(complaint: Complaint) -> list[HarmKind]:
    """Which kinds of harm are stated; what everybody may know of it who reads the complaint."""
    harm = complaint.harm
    if isinstance(harm, KindsOnly):
        return list(harm.kinds)
    kinds: dict[HarmKind, bool] = {
        "death": harm.deaths > 0,
        "injury": harm.injured > 0 or harm.treated > 0,
        "fire_or_explosion": harm.fire_or_explosion,
        "property_damage": harm.property_damage,
    }
    return [kind for kind, stated in kinds.items() if stated]
