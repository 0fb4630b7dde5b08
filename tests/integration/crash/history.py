"""What was promised and what came of it, and the check that nothing was lost or doubled in between."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

Call = tuple[str, int, int]
"""Issue, step, turn: one call of one person."""


@dataclass(frozen=True)
class Sent:
    """An event as it stands on a topic. `about` is the complaint or the call that its data names."""

    topic: str
    id: str
    key: str
    sequence: int
    about: Hashable


@dataclass
class History:
    """A deployment after everything has settled.

    `acknowledged`: complaint of each answer to a client, one a filing; `stored`: complaints in MongoDB; `told`: how
    many events each aggregate has told, by key; `sent`: the records of all topics, each topic in its order; `cases`:
    complaint → issue in alerts; `counted`: issue → number of complaints; `messages`, `fired`: calls that were told
    to somebody, and whose timers are done; `left`: what should have gone, by name.
    """

    acknowledged: list[str]
    stored: list[str]
    told: dict[str, int]
    sent: list[Sent]
    cases: list[tuple[str, str | None]]
    counted: dict[str, int]
    messages: list[Call]
    fired: list[Call]
    left: dict[str, int] = field(default_factory=dict)

    def distinct(self, topic: str) -> list[Sent]:
        """The events of a topic, each once: a record may stand twice under the same id."""
        return list({sent.id: sent for sent in self.sent if sent.topic == topic}.values())


def faults(history: History) -> list[str]:
    """Everything that is lost, doubled, out of order or left over; empty when all is well."""
    return [*_complaints(history), *_events(history), *_effects(history), *_leftovers(history)]


def _complaints(history: History) -> Iterator[str]:
    yield from _same("complaint in MongoDB", history.acknowledged, history.stored)
    created = [sent.about for sent in history.distinct("complaint.created")]
    yield from _same("complaint.created", history.stored, created)


def _events(history: History) -> Iterator[str]:
    wanted = [(key, n) for key, last in history.told.items() for n in range(1, last + 1)]
    by_id = {sent.id: (sent.key, sent.sequence) for sent in history.sent}
    yield from _same("event", wanted, by_id.values())
    for topic in {sent.topic for sent in history.sent}:
        yield from _order(topic, history.distinct(topic))


def _order(topic: str, sent: Iterable[Sent]) -> Iterator[str]:
    last: Counter[str] = Counter()
    for event in sent:
        if event.sequence < last[event.key]:
            yield f"{topic}: {event.key} has {event.sequence} behind {last[event.key]}"
        last[event.key] = event.sequence


def _effects(history: History) -> Iterator[str]:
    yield from _same("case", history.stored, [complaint for complaint, _ in history.cases])
    put = Counter(issue for _, issue in history.cases if issue is not None)
    if put != Counter(history.counted):
        yield f"issues count {history.counted}, their cases are {dict(put)}"
    grown = [sent.about for sent in history.distinct("issue.grew")]
    yield from _same("issue.grew", [complaint for complaint, issue in history.cases if issue], grown)
    called = [sent.about for sent in history.distinct("issue.escalated")]
    yield from _same("message", called, history.messages)
    yield from _same("fired timer", called, history.fired)


def _leftovers(history: History) -> Iterator[str]:
    yield from (f"{number} left in {name}" for name, number in history.left.items() if number)


def _same(what: str, wanted: Iterable[Hashable], found: Iterable[Hashable]) -> Iterator[str]:
    """Every wanted one is found, once, and nothing else."""
    want, have = Counter(wanted), Counter(found)
    yield from (f"{what} missing: {one}" for one in _first(want - have))
    yield from (f"{what} too often: {one}" for one in _first(have - Counter(set(want))))


def _first(counted: Counter[Hashable]) -> Sequence[Hashable]:
    return list(counted)[:5]
