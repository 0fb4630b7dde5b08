"""One way of reading one rule in a text, with the words that led to it, on its way to a finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from shared.contracts.because import Because
from shared.language.hazards.context import Around
from shared.language.hazards.dictionary import HazardKind, HazardRule, Lowered
from shared.language.hazards.found import HazardDismissed, HazardFound, Severity

Verdict = Literal["happened", "near_miss", "concern", "negated", "homonym"]
MOST_WORDS = 20


class Entry(NamedTuple):
    """What a hazard's words stand for."""

    kind: HazardKind
    rule: HazardRule
    homonyms: Around


@dataclass(slots=True)
class Reading:
    """The same rule read the same way, however often; `cue` are the words around the first that decided."""

    entry: Entry
    verdict: Verdict
    cue: str
    words: dict[str, None] = field(default_factory=dict)

    def add(self, words: tuple[str, ...]) -> None:
        """Keep the words once each, up to a number that a person would read."""
        if len(self.words) < MOST_WORDS:
            self.words.update(dict.fromkeys(words))

    def found(self, version: str, lowered: Mapping[Verdict, Lowered]) -> HazardFound:
        """As a hazard, with its severity and its reason."""
        kind, rule = self.entry.kind, self.entry.rule
        severity: Severity = rule.severity or kind.severity
        if self.verdict in lowered:
            severity = getattr(lowered[self.verdict], severity)
        words = tuple(self.words)
        because = Because(rule=rule.id, version=version, inputs=self._inputs(severity), words=list(words))
        near_miss, concern = self.verdict == "near_miss", self.verdict == "concern"
        return HazardFound(kind.kind, severity, words, near_miss, concern, rule.id, because)

    def _inputs(self, severity: Severity) -> dict[str, str | int | float | bool]:
        context = {"context": self.cue} if self.cue else {}
        return {"kind": self.entry.kind.kind, "severity": severity, "read_as": self.verdict, **context}

    def dismissed(self) -> HazardDismissed:
        """As words that do not tell of a hazard, with what says so."""
        reason: Literal["homonym", "negated"] = "homonym" if self.verdict == "homonym" else "negated"
        return HazardDismissed(self.entry.kind.kind, tuple(self.words), reason, self.cue, self.entry.rule.id)
