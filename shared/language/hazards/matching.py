"""Read a text for hazards: one scan for their words, then the words around each place that has them."""

from collections.abc import Collection
from hashlib import blake2b
from pathlib import Path

from shared.language.hazards.context import Around, ContextCue
from shared.language.hazards.dictionary import HazardDictionary, Lowered
from shared.language.hazards.found import Hazards
from shared.language.hazards.reading import Entry, Reading, Verdict
from shared.language.phrases import read_phrase
from shared.language.scanner import Hit, Scanner
from shared.language.text import fold
from shared.rules import load_rules

_REMEMBERED = 4096
"""Texts: more than the records that alerts takes at once, and than wait between intake and alerts."""


class HazardRules:
    """The hazard dictionary, compiled once; `weigh` is pure and takes time linear in the text."""

    def __init__(self, dictionary: HazardDictionary) -> None:
        self.version = dictionary.version
        self.names = {kind.kind: kind.names for kind in dictionary.kinds}
        self._longest = dictionary.longest
        self._weighed: dict[bytes, Hazards] = {}
        self._scanner = _scanner(dictionary)
        self._near_miss = ContextCue(dictionary.near_miss)
        self._negation = ContextCue(dictionary.negation)
        self._concern = ContextCue(dictionary.concern)
        self._lowered: dict[Verdict, Lowered] = {
            "near_miss": dictionary.near_miss_severity,
            "concern": dictionary.concern_severity,
        }

    @classmethod
    def load(cls, path: Path) -> "HazardRules":
        """Compile the dictionary at `path`. Raises RulesError."""
        return cls(load_rules(path, HazardDictionary))

    def weigh(self, text: str) -> Hazards:
        """Which hazards `text` tells of and by which words; which words were set aside and why.

        The last texts are remembered by their digest: a handler that runs again asks the same, and so does the next
        service in the same process.
        """
        digest = blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
        known = self._weighed.get(digest)
        if known is None:
            if len(self._weighed) >= _REMEMBERED:
                del self._weighed[next(iter(self._weighed))]
            known = self._weighed[digest] = self._weigh(text)
        return known

    def _weigh(self, text: str) -> Hazards:
        read = fold(text[: self._longest])
        readings: dict[tuple[str, Verdict], Reading] = {}
        for hit in self._scanner.hits(read.text):
            verdict, cue = self._judge(hit, read.text)
            reading = readings.setdefault((hit.meaning.rule.id, verdict), Reading(hit.meaning, verdict, cue))
            reading.add(tuple(read.as_written(*span) for span in hit.spans))
        return self._told(readings.values(), unread=max(0, len(text) - self._longest))

    def _judge(self, hit: Hit[Entry], text: str) -> tuple[Verdict, str]:
        """What the words around a hit make of it, and which words these are."""
        if cue := hit.meaning.homonyms.at(text, hit.start, hit.end):
            return "homonym", cue
        if hit.meaning.rule.near_miss:
            return "near_miss", ""
        if cue := self._near_miss.at(text, hit.start, hit.end):
            return "near_miss", cue
        if cue := self._negation.at(text, hit.start, hit.end):
            return "negated", cue
        cue = self._concern.at(text, hit.start, hit.end)
        return ("concern" if cue else "happened"), cue

    def _told(self, readings: Collection[Reading], unread: int) -> Hazards:
        told = [one for one in readings if one.verdict not in ("negated", "homonym")]
        aside = [one for one in readings if one.verdict in ("negated", "homonym")]
        return Hazards(
            tuple(one.found(self.version, self._lowered) for one in told),
            tuple(one.dismissed() for one in aside),
            unread,
        )


def _scanner(dictionary: HazardDictionary) -> Scanner[Entry]:
    entries = (
        (words, Entry(kind, rule, homonyms))
        for kind in dictionary.kinds
        for homonyms in [Around(kind.homonyms)]
        for rule in kind.rules
        for words in rule.words
    )
    return Scanner((read_phrase(words, dictionary.within), entry) for words, entry in entries)
