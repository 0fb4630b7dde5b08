"""The shipped hazard dictionary, loaded once for the tests of this folder."""

from pathlib import Path
from typing import Final

import shared.language
from shared.language.hazards import HazardFound
from shared.language.hazards.shipped import load_hazards

SHIPPED: Final = Path(shared.language.__file__).parent / "rules" / "hazards.yaml"
RULES: Final = load_hazards()


def told(text: str) -> set[str]:
    """The kinds that a text tells of as having happened."""
    return {hazard.kind for hazard in RULES.weigh(text).found if not hazard.near_miss and not hazard.concern}


def the(kind: str, text: str) -> HazardFound:
    """The one hazard of this kind in the text."""
    return next(hazard for hazard in RULES.weigh(text).found if hazard.kind == kind)
