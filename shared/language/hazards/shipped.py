"""The hazard dictionary as it is shipped, or as the administrator's folder has it."""

from pathlib import Path
from typing import Final

from shared.language.hazards.matching import HazardRules
from shared.rules import find_rules

FOLDER: Final = Path(__file__).parents[1] / "rules"


def load_hazards(override: Path | None = None) -> HazardRules:
    """Compile `hazards.yaml`. Raises `RulesError`."""
    return HazardRules.load(find_rules("hazards.yaml", FOLDER, override))
