"""The hazard dictionary as it is shipped, or as the administrator's folder has it."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from shared.language.hazards.matching import HazardRules
from shared.rules import find_rules

FOLDER: Final = Path(__file__).parents[1] / "rules"


def load_hazards(override: Path | None = None) -> HazardRules:
    """Compile `hazards.yaml`. Services of one process share it. Raises `RulesError`."""
    path = find_rules("hazards.yaml", FOLDER, override)
    return _compiled(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=2)
def _compiled(path: Path, _changed: int) -> HazardRules:
    return HazardRules.load(path)
