"""What a reading of a text for hazards gives back."""

from dataclasses import dataclass
from typing import Literal

from shared.contracts.because import Because

Severity = Literal["minor", "serious", "critical"]
RANK: dict[Severity, int] = {"minor": 1, "serious": 2, "critical": 3}


@dataclass(frozen=True, slots=True)
class HazardFound:
    """A hazard the text tells of. `words` stand as written; `rule` and `because` say why.

    `near_miss`: it nearly happened. `concern`: it is feared or asked about. Both have a lower severity.
    """

    kind: str
    severity: Severity
    words: tuple[str, ...]
    near_miss: bool
    concern: bool
    rule: str
    because: Because


@dataclass(frozen=True, slots=True)
class HazardDismissed:
    """Words of a hazard that do not tell of one; `by` are the words that say so."""

    kind: str
    words: tuple[str, ...]
    reason: Literal["homonym", "negated"]
    by: str
    rule: str


@dataclass(frozen=True, slots=True)
class Hazards:
    """Everything one text holds, in order of place; `unread` characters at its end were beyond the limit."""

    found: tuple[HazardFound, ...] = ()
    dismissed: tuple[HazardDismissed, ...] = ()
    unread: int = 0

    @property
    def worst(self) -> HazardFound | None:
        """The most severe one found, the first of equals."""
        return max(self.found, key=lambda hazard: RANK[hazard.severity], default=None)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds found, most severe first."""
        ordered = sorted(self.found, key=lambda hazard: -RANK[hazard.severity])
        return tuple(dict.fromkeys(hazard.kind for hazard in ordered))
