"""What a run has tried and what it found: how many cases a place had, how they ended, and what was wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

REFUSED: Final = frozenset({"4xx", "5xx", "refused", "buried", "broke"})
MOST_OF_A_KIND: Final = 2
"""Examples that are shown of the same fault at the same place."""


@dataclass(frozen=True)
class Finding:
    """Something that may never happen. `place`: a route, a topic and its reader, a kind of file; `what` is the fault,
    the same words for the same fault; `case` is what led to it.
    """

    place: str
    what: str
    case: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}\n    {self.case}"


@dataclass
class Report:
    """Written while cases run. `ended`: place → how its cases ended (a status class, "done", "buried" …) → number."""

    ended: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    findings: list[Finding] = field(default_factory=list)
    _kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, place: str, how: str, number: int = 1) -> None:
        """So many more cases of a place have ended in this way."""
        self.ended[place][how] += number

    def note(self, finding: Finding) -> None:
        """Keep a finding, unless enough of its kind are kept."""
        kind = (finding.place, finding.what)
        self._kinds[kind] += 1
        if self._kinds[kind] <= MOST_OF_A_KIND:
            self.findings.append(finding)

    @property
    def cases(self) -> int:
        """How many there were."""
        return sum(sum(ended.values()) for ended in self.ended.values())

    @property
    def got_through(self) -> int:
        """Places where at least one case came to something, and was not refused."""
        return sum(bool(ended.keys() - REFUSED) for ended in self.ended.values())

    def lines(self) -> Iterator[str]:
        """A line a place: its cases, and how they ended."""
        for place, ended in sorted(self.ended.items()):
            how = ", ".join(f"{name} {number}" for name, number in sorted(ended.items()))
            yield f"{sum(ended.values()):6} {place:90} {how}"

    def too_few(self, places: set[str], least: int) -> Iterator[Finding]:
        """Places that had fewer cases than they should have."""
        for place in sorted(places):
            if (had := sum(self.ended[place].values())) < least:
                yield Finding(place, f"had {had} cases, and should have had {least}", "a fault of the fuzzing itself")
