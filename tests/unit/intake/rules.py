"""The shipped rules and the sample organisation, loaded once for the tests of this folder."""

from typing import Final

from services.intake.domain.classify import Classification, ClassificationRules, ComplaintFacts, classify
from shared.contracts.complaint import HarmSummary, Kind
from shared.identity.organisation import load_organisation
from tests.unit.language.dictionary import RULES as HAZARDS

ORGANISATION: Final = load_organisation()
RULES: Final = ClassificationRules.load(HAZARDS)


def classified(
    title: str, body: str = "", *, kind: Kind = "complaint", product: str | None = None, harm: HarmSummary | None = None
) -> Classification:
    """A complaint with these words, decided by the shipped rules."""
    facts = ComplaintFacts(title, body, kind, product_name=product, harm=harm or HarmSummary())
    return classify(facts, RULES, ORGANISATION)
