"""Which categories a complaint may belong to: the best three, with scores and reasons."""

from services.intake.domain.taxonomy import Category, Evidence, Taxonomy
from shared.contracts.because import Because
from shared.contracts.complaint import CategoryCandidate
from shared.language.hazards import HazardFound, Hazards

MOST = 3


def best_categories(taxonomy: Taxonomy, evidence: Evidence, hazards: Hazards) -> list[CategoryCandidate]:
    """At most three, best first, scores from 0 to 1; the fallback with 0 when nothing speaks for any."""
    by_hazard = _strongest(hazards)
    weights = dict(evidence.weights)
    for category in taxonomy.file.categories if by_hazard else ():
        if weight := _hazard_weight(category, by_hazard, taxonomy):
            weights[category.code] = weights.get(category.code, 0.0) + weight
    total = sum(weights.values()) + taxonomy.file.prior
    # Among equals the taxonomy's own order decides.
    ordered = sorted(weights, key=lambda code: (-weights[code], taxonomy.places[code]))[:MOST]
    categories = [taxonomy.file.categories[taxonomy.places[code]] for code in ordered]
    found = [_candidate(each, weights[each.code] / total, taxonomy, evidence, by_hazard) for each in categories]
    return found or [_fallback(taxonomy)]


def _strongest(hazards: Hazards) -> dict[str, HazardFound]:
    """One hazard of each kind: one that happened before one that is only feared."""
    kinds: dict[str, HazardFound] = {}
    for hazard in hazards.found:
        if hazard.kind not in kinds or kinds[hazard.kind].concern:
            kinds[hazard.kind] = hazard
    return kinds


def _hazard_weight(category: Category, hazards: dict[str, HazardFound], taxonomy: Taxonomy) -> float:
    return sum(
        weight * (taxonomy.file.concern_factor if hazards[kind].concern else 1.0)
        for kind, weight in category.hazards.items()
        if kind in hazards
    )


def _candidate(
    category: Category, score: float, taxonomy: Taxonomy, evidence: Evidence, hazards: dict[str, HazardFound]
) -> CategoryCandidate:
    kinds = [kind for kind in category.hazards if kind in hazards]
    words = [
        *evidence.words.get(category.code, []),
        *(word for kind in kinds for word in hazards[kind].words),
    ]
    because = Because(
        rule=f"category.{category.code}",
        version=taxonomy.file.version,
        inputs={"score": round(score, 3), **({"hazards": ", ".join(kinds)} if kinds else {})},
        words=list(dict.fromkeys(words)),
    )
    return CategoryCandidate(category=category.code, score=round(score, 3), because=[because])


def _fallback(taxonomy: Taxonomy) -> CategoryCandidate:
    because = Because(rule="category.fallback", version=taxonomy.file.version, inputs={"score": 0.0})
    return CategoryCandidate(category=taxonomy.file.fallback, score=0.0, because=[because])
