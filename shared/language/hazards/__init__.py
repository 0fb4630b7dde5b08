"""Hazards in what people write: which, how severe, by which words, and what looked like one but is not."""

from shared.language.hazards.found import HazardDismissed, HazardFound, Hazards, Severity
from shared.language.hazards.matching import HazardRules

__all__ = ["HazardDismissed", "HazardFound", "HazardRules", "Hazards", "Severity"]
