"""Who sees what of an issue: how a problem is handled is open to all staff, what was suffered only as a category."""

from shared.contracts.because import Because
from shared.identity.principal import Principal

DETAIL_ROLES = frozenset({"agent", "cs_manager", "safety_officer", "cco", "ceo", "auditor"})
"""Who answers those harmed, is called and decides, or reviews. Others see no words of a complaint and no notes."""
SUFFERED = frozenset({"harm.stated"})
"""Rules whose inputs say how badly people were hurt."""


def sees_details(viewer: Principal) -> bool:
    """Whether someone sees the words of complaints and the notes about them; systems do by their scope."""
    return viewer.kind == "system" or not viewer.roles.isdisjoint(DETAIL_ROLES)


def as_category(because: list[Because]) -> list[Because]:
    """Reasons without what was said and what was suffered."""
    return [
        reason.model_copy(update={"words": [], **({"inputs": {}} if reason.rule in SUFFERED else {})})
        for reason in because
    ]
