"""The check that nothing was lost or doubled: what clients were told, held against what there is."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from tests.chaos.found import Found, Sent
from tests.chaos.ledger import Answer, Ledger

Kind = Literal["lost", "doubled", "wrong"]
_MOST: Final = {Answer.ACKNOWLEDGED: 1, Answer.UNKNOWN: 1, Answer.REFUSED: 0}


@dataclass(frozen=True)
class Fault:
    """Something that was promised and is not so."""

    kind: Kind
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


Faults = Iterator[Fault]


def faults(ledger: Ledger, found: Found) -> list[Fault]:
    """Everything that is lost, doubled, out of order, half there or left over; empty when all is well."""
    checks: tuple[Callable[[], Faults], ...] = (
        lambda: _deeds(ledger, found),
        lambda: _events(found),
        lambda: _effects(found),
        lambda: _figures(found),
        lambda: _wrong(ledger, found),
    )
    return [fault for check in checks for fault in check()]


def _deeds(ledger: Ledger, found: Found) -> Faults:
    """What was acknowledged is there once under the id that was said; what was refused is not."""
    times = Counter(deed for deed, _ in found.done)
    for deed, answer in ledger.answers.items():
        if answer is Answer.ACKNOWLEDGED and not times[deed]:
            yield Fault("lost", f"{deed} was acknowledged")
        if times[deed] > _MOST[answer]:
            yield Fault("doubled", f"{deed} was {answer} and is there {times[deed]} times")
    for deed, id in found.done:
        if deed not in ledger.answers:
            yield Fault("wrong", f"nobody asked for {deed} ({id})")
        elif ledger.ids.get(deed, id) != id:
            yield Fault("wrong", f"{deed} was acknowledged as {ledger.ids[deed]} and is {id}")


def _events(found: Found) -> Faults:
    """What aggregates have told stands on the topics: all of it, each sequence under one id, in order."""
    wanted = [(key, n) for key, last in found.told.items() for n in range(1, last + 1)]
    by_id = {sent.id: (sent.key, sent.sequence) for sent in found.sent}
    yield from _same("event", wanted, by_id.values())
    for topic in {sent.topic for sent in found.sent}:
        yield from _order(topic, found.distinct(topic))


def _order(topic: str, sent: Iterable[Sent]) -> Faults:
    last: Counter[str] = Counter()
    for event in sent:
        if event.sequence < last[event.key]:
            yield Fault("wrong", f"{topic}: {event.key} has {event.sequence} behind {last[event.key]}")
        last[event.key] = max(event.sequence, last[event.key])


def _effects(found: Found) -> Faults:
    """What follows from events has happened once: counting, calling, firing."""
    put = Counter(issue for issue in found.cases.values() if issue is not None)
    for issue in put.keys() | found.counted.keys():
        if put[issue] != found.counted.get(issue, 0):
            yield Fault("wrong", f"issue {issue} counts {found.counted.get(issue, 0)}, its cases are {put[issue]}")
    grown = Counter(sent.about for sent in found.distinct("issue.grew"))
    grown.subtract(sent.about for sent in found.distinct("issue.shrank"))
    inside = [complaint for complaint, issue in found.cases.items() if issue is not None]
    yield from _same("place in an issue", inside, grown.elements())
    called = [sent.about for sent in found.distinct("issue.escalated") if sent.about != ""]
    yield from _same("message", called, found.messages)
    yield from _same("fired timer", called, found.fired)
    yield from _same("word", set(found.once), found.once)


def _figures(found: Found) -> Faults:
    """The services agree with each other."""
    created = [sent.key for sent in found.distinct("complaint.created")]
    yield from _same("complaint.created", found.complaints, created)
    yield from _same("case", found.complaints, found.cases)
    for complaint, issue in found.cases.items():
        if found.linked.get(complaint) != issue:
            yield Fault("wrong", f"{complaint} is in {issue}, and intake has {found.linked.get(complaint)}")
    for name, (own, copied) in found.copies.items():
        for id in sorted(own.keys() | copied.keys()):
            if own.get(id) != copied.get(id):
                yield Fault("wrong", f"{name}: {id} is at {own.get(id)}, the copy at {copied.get(id)}")


def _wrong(ledger: Ledger, found: Found) -> Faults:
    yield from (Fault("wrong", what) for what in (*ledger.surprises, *found.half))
    yield from (Fault("wrong", f"{number} left in {name}") for name, number in found.left.items() if number)


def _same(what: str, wanted: Iterable[Hashable], found: Iterable[Hashable]) -> Faults:
    """Every wanted one is found, once, and nothing else."""
    want, have = Counter(iter(wanted)), Counter(iter(found))
    yield from (Fault("lost", f"{what} {one}") for one in want - have)
    yield from (Fault("doubled", f"{what} {one}") for one in have - want)


def summary(ledger: Ledger, all_faults: Iterable[Fault]) -> str:
    """`acknowledged A, lost L, doubled D`."""
    kinds = Counter(fault.kind for fault in all_faults)
    acknowledged = ledger.count(Answer.ACKNOWLEDGED)
    return f"acknowledged {acknowledged}, lost {kinds['lost']}, doubled {kinds['doubled']}"
