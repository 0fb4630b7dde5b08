"""Everything that stands in the databases and on the topics of a deployment after it has settled."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.chaos.ledger import Deed

Call = tuple[str, str]
"""Issue, and until when the person who was called had to answer: one call of one person."""


@dataclass(frozen=True)
class Sent:
    """An event as it stands on a topic. `about` is the complaint or the call that its data names."""

    topic: str
    id: str
    key: str
    sequence: int
    about: Hashable = ""


@dataclass
class Found:
    """What there is.

    `done`: the effect of each deed, with the id that it has, once for each time it was found; `complaints`: those in
    intake; `told`: how many events each aggregate has told, by key; `sent`: the records of all topics, each topic in
    its order; `cases`: complaint → issue in alerts; `linked`: the same as intake was told; `counted`: issue → number
    of complaints; `messages`, `fired`: calls that were told to somebody, and whose timers are done; `once`: things
    that people may be told one time only, as often as they were told; `half`: what is there without what belongs to
    it, in words; `copies`: pairs of name → number that should be the same; `left`: what should have gone, by name.
    """

    done: list[tuple[Deed, str]]
    complaints: list[str]
    told: dict[str, int]
    sent: list[Sent]
    cases: dict[str, str | None]
    linked: dict[str, str | None]
    counted: dict[str, int]
    messages: list[Call]
    fired: list[Call]
    once: list[Hashable] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    copies: dict[str, tuple[dict[str, int], dict[str, int]]] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def distinct(self, topic: str) -> list[Sent]:
        """The events of a topic, each once: a record may stand twice under the same id."""
        return list({sent.id: sent for sent in self.sent if sent.topic == topic}.values())


def as_told(at: datetime) -> str:
    """A time, as exactly as the database keeps it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
