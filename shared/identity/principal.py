"""Who asks: one shape for people, systems and the public."""

from dataclasses import dataclass
from typing import Final, Literal

ROLES: Final[frozenset[str]] = frozenset(
    {
        "consumer",
        "employee",
        "agent",
        "cs_manager",
        "dept_manager",
        "assignee",
        "executive",
        "committee",
        "hr",
        "safety_officer",
        "ceo",
        "cco",
        "admin",
        "auditor",
    }
)


@dataclass(frozen=True, slots=True)
class Principal:
    """One who asks. `roles` holds roles of people and, for systems, scopes such as `complaints:write`."""

    id: str
    name: str
    roles: frozenset[str]
    kind: Literal["person", "system", "public"]
    department: str = ""


ANYONE: Final = Principal(id="public", name="", roles=frozenset(), kind="public")
"""Whoever shows no credentials."""
