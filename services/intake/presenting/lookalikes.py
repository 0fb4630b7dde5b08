"""Why a complaint is called a look-alike, in the reader's words."""

from typing import Final

from shared.contracts.because import Because
from shared.language.i18n import _, translate

BOTH: Final = _("Both say {words}")
ALIKE: Final = _("The wording is alike")
SAME: Final = _("the same product")
OTHER: Final = _("another product")
TODAY: Final = _("filed today")
DAYS: Final = _("filed {days} days ago")


def reason(because: Because, language: str) -> str:
    """Which words both have, whether it is one product, and how long ago."""
    words = ", ".join(f"“{word}”" for word in because.words)
    days = int(because.inputs.get("days", 0))
    parts = [translate(BOTH, language, words=words) if words else translate(ALIKE, language)]
    if "same_product" in because.inputs:
        parts.append(translate(SAME if because.inputs["same_product"] else OTHER, language))
    parts.append(translate(DAYS, language, days=days) if days else translate(TODAY, language))
    return " · ".join(parts)
