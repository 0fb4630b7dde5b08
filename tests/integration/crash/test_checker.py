"""The check of the crash tests, on histories that are broken by hand: it has to notice every one of them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.integration.crash.history import History, Sent, faults

Break = Callable[[History], object]


def a_good_history() -> History:
    """Two complaints, one issue that calls two people one after the other; a record of a kill stands twice."""
    created = [Sent("complaint.created", f"e{n}", f"c{n}", 1, f"c{n}") for n in (1, 2)]
    classified = [Sent("complaint.classified", f"f{n}", f"c{n}", 2, f"c{n}") for n in (1, 2)]
    opened = [Sent("issue.opened", "g1", "i", 1, "c1")]
    grew = [Sent("issue.grew", "g2", "i", 2, "c1"), Sent("issue.grew", "g4", "i", 4, "c2")]
    calls = [("i", 3, 0), ("i", 3, 1)]
    escalated = [Sent("issue.escalated", f"g{s}", "i", s, call) for s, call in zip((3, 5), calls, strict=True)]
    return History(
        acknowledged=["c1", "c2"],
        stored=["c2", "c1"],
        told={"c1": 2, "c2": 2, "i": 5},
        sent=[*created, created[0], *classified, *opened, *grew, *grew, *escalated],
        cases=[("c1", "i"), ("c2", "i")],
        counted={"i": 2},
        messages=calls[:],
        fired=calls[:],
        left={"outbox": 0, "dead letters": 0},
    )


def swap(history: History, a: int, b: int) -> None:
    history.sent[a], history.sent[b] = history.sent[b], history.sent[a]


def told_twice(history: History) -> None:
    """The same fact under another id."""
    history.sent.append(replace(history.sent[0], id="other"))


def never_sent(history: History) -> None:
    history.sent = [sent for sent in history.sent if sent.id != "f2"]


def last_never_sent(history: History) -> None:
    history.sent = [sent for sent in history.sent if sent.id != "g5"]


BROKEN: dict[str, Break] = {
    "a complaint lost": lambda h: h.stored.remove("c1"),
    "a complaint doubled": lambda h: h.stored.append("c1"),
    "a complaint nobody filed": lambda h: h.stored.append("c3"),
    "two answers with the same complaint": lambda h: h.acknowledged.append("c1"),
    "an event lost": never_sent,
    "the last event lost": last_never_sent,
    "an event told twice": told_twice,
    "two events swapped": lambda h: swap(h, 6, 7),
    "a case lost": lambda h: h.cases.pop(),
    "a case doubled": lambda h: h.cases.append(("c2", "i")),
    "a complaint counted twice": lambda h: h.counted.update(i=3),
    "a complaint not counted": lambda h: h.counted.update(i=1),
    "an issue without complaints": lambda h: h.counted.update(j=1),
    "a message lost": lambda h: h.messages.pop(),
    "a message doubled": lambda h: h.messages.append(h.messages[0]),
    "a timer that never fired": lambda h: h.fired.pop(),
    "two timers for one call": lambda h: h.fired.append(h.fired[0]),
    "something not sent": lambda h: h.left.update(outbox=1),
    "a dead letter": lambda h: h.left.update({"dead letters": 1}),
}


def test_a_good_history_has_no_fault() -> None:
    assert faults(a_good_history()) == []


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_every_broken_history_is_noticed(broken: Break) -> None:
    history = a_good_history()
    broken(history)
    assert faults(history)
