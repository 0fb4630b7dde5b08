"""Classify a complaint, with reasons: category, hazards, severity, the rest of the assessment, departments."""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from services.intake.domain.assessment import Assessment, Level
from services.intake.domain.candidates import best_categories
from services.intake.domain.condition import Known, Number, Trait
from services.intake.domain.routing import Routing
from services.intake.domain.taxonomy import Taxonomy
from shared.contracts.because import Because
from shared.contracts.complaint import CategoryCandidate, HarmSummary, Kind, RoutedTo, Severity
from shared.identity.organisation import Organisation
from shared.language.hazards import HazardRules, Hazards
from shared.rules import find_rules, load_rules

SHIPPED = Path(__file__).parents[1] / "rules"


@dataclass(frozen=True)
class ComplaintFacts:
    """What is known of a complaint when it is classified. `product_line` is a code of the taxonomy."""

    title: str
    body: str
    kind: Kind = "complaint"
    product_code: str | None = None
    product_name: str | None = None
    product_line: str | None = None
    harm: HarmSummary = field(default_factory=HarmSummary)


@dataclass(frozen=True)
class ClassificationRules:
    """Everything `classify` decides by, loaded and compiled once."""

    taxonomy: Taxonomy
    routing: Routing
    assessment: Assessment
    hazards: HazardRules

    @classmethod
    def load(cls, hazards: HazardRules, override: Path | None = None) -> "ClassificationRules":
        """The shipped rules, or those of the same name in the folder `override`. Raises RulesError."""
        return cls(
            Taxonomy.load(find_rules("taxonomy.yaml", SHIPPED, override)),
            load_rules(find_rules("routing.yaml", SHIPPED, override), Routing),
            load_rules(find_rules("assessment.yaml", SHIPPED, override), Assessment),
            hazards,
        )


class Classification(BaseModel):
    """What was decided; every part has its reason in `because`, each candidate and department its own."""

    model_config = ConfigDict(frozen=True)

    category: str
    candidates: list[CategoryCandidate]
    hazards: list[str]
    severity: Severity
    complexity: Level
    impact: Level
    immediate_action: bool
    confidence: float
    departments: list[RoutedTo]
    because: list[Because]


def classify(facts: ComplaintFacts, rules: ClassificationRules, organisation: Organisation) -> Classification:
    """Decide everything about a new complaint. Pure: the same facts and rules give the same answer."""
    hazards = rules.hazards.weigh(f"{facts.title}\n{facts.body}")
    evidence = rules.taxonomy.read(facts.title, facts.body)
    candidates = best_categories(rules.taxonomy, evidence, hazards)
    line = rules.taxonomy.line_of(facts.product_line, facts.product_name, evidence)
    traits = _traits(facts, hazards) | {
        "category": frozenset({candidates[0].category}),
        "product_line": frozenset({line}),
        "topics": frozenset(evidence.topics),
    }
    return _assess(Known(_numbers(facts), traits), candidates, hazards, rules, organisation)


def _assess(
    known: Known,
    candidates: list[CategoryCandidate],
    hazards: Hazards,
    rules: ClassificationRules,
    organisation: Organisation,
) -> Classification:
    """What follows from what is known: each step may ask for the one before."""
    best, assessment = candidates[0], rules.assessment
    severity, why_severe = assessment.severity_of(known)
    known = known.also({}, {"severity": frozenset({severity})})
    departments = rules.routing.route(known, severity, best.score, organisation)
    known = known.also({"departments": len(departments)}, {})
    complexity, why_complex = assessment.complexity_of(known)
    impact, why_wide = assessment.impact_of(known)
    immediate, why_now = assessment.action_needed(known)
    found = [hazard.because for hazard in hazards.found]
    return Classification(
        category=best.category,
        candidates=candidates,
        hazards=list(hazards.kinds),
        severity=severity,
        complexity=complexity,
        impact=impact,
        immediate_action=immediate,
        confidence=best.score,
        departments=departments,
        because=[*best.because, *found, why_severe, why_complex, why_wide, why_now],
    )


def _numbers(facts: ComplaintFacts) -> dict[Number, int]:
    harm = facts.harm
    return {
        "deaths": harm.deaths,
        "injured": harm.injured,
        "treated": harm.treated,
        "weeks": harm.longest_treatment_weeks,
        "fire_or_explosion": int(harm.fire_or_explosion),
        "property_damage": int(harm.property_damage),
        "characters": len(facts.body),
    }


def _traits(facts: ComplaintFacts, hazards: Hazards) -> dict[Trait, frozenset[str]]:
    worst = hazards.worst
    return {
        "kind": frozenset({facts.kind}),
        "product_code": frozenset({facts.product_code} if facts.product_code else ()),
        "hazards": frozenset(hazards.kinds),
        "hazard_severity": frozenset({worst.severity} if worst else ()),
    }
