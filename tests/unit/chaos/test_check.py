"""The check of the chaos and crash tests, on deployments that are broken by hand: it has to notice every fault."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

import pytest

from tests.chaos.check import faults, summary
from tests.chaos.found import Found, Sent
from tests.chaos.ledger import Ledger

Break = Callable[[Ledger, Found], object]


def a_good_ledger() -> Ledger:
    """Two complaints were acknowledged, one refused; of two nothing is known, and one of these was filed."""
    ledger = Ledger()
    first, second, refused, filed, _lost = (ledger.new("filing") for _ in range(5))
    assert filed == "filing-4"
    ledger.acknowledge(first, "c1")
    ledger.acknowledge(second, "c2")
    ledger.refuse(refused)
    return ledger


def a_good_end() -> Found:
    """Three complaints, one issue that calls two people in turn; what a kill had sent again stands twice."""
    ids = ("c1", "c2", "c4")
    created = [Sent("complaint.created", f"e{id}", id, 1, id) for id in ids]
    classified = [Sent("complaint.classified", f"f{id}", id, 2, id) for id in ids]
    grew = [Sent("issue.grew", f"g{n}", "i", n, id) for n, id in zip((2, 4, 6), ids, strict=True)]
    calls = [("i", "09:00"), ("i", "09:05")]
    escalated = [Sent("issue.escalated", f"g{n}", "i", n, call) for n, call in zip((3, 5), calls, strict=True)]
    opened = [Sent("issue.opened", "g1", "i", 1, "c1")]
    return Found(
        done=[("filing-1", "c1"), ("filing-2", "c2"), ("filing-4", "c4")],
        complaints=list(ids),
        told={"c1": 2, "c2": 2, "c4": 2, "i": 6},
        sent=[*created, created[0], *classified, *opened, *grew, *grew, *escalated],
        cases=dict.fromkeys(ids, "i"),
        linked=dict.fromkeys(ids, "i"),
        counted={"i": 3},
        messages=calls[:],
        fired=calls[:],
        once=[("c1", "acknowledge")],
        copies={"the directory": ({"p-1": 3}, {"p-1": 3})},
        left={"outbox": 0},
    )


def without(found: Found, id: str) -> None:
    found.sent = [sent for sent in found.sent if sent.id != id]


def swap(found: Found, topic: str) -> None:
    """The first two events of an aggregate on a topic."""
    a, b = [n for n, sent in enumerate(found.sent) if sent.topic == topic][:2]
    found.sent[a], found.sent[b] = found.sent[b], found.sent[a]


def told_twice(found: Found) -> None:
    """The same fact under another id."""
    found.sent.append(replace(found.sent[0], id="other"))


def drop_complaint(found: Found) -> None:
    found.done.remove(("filing-1", "c1"))
    found.complaints.remove("c1")


LOST: dict[str, Break] = {
    "an acknowledged complaint": lambda _, found: drop_complaint(found),
    "an event": lambda _, found: without(found, "fc2"),
    "the last event": lambda _, found: without(found, "g6"),
    "a complaint.created": lambda _, found: without(found, "ec4"),
    "a case": lambda _, found: found.cases.pop("c2"),
    "a message": lambda _, found: found.messages.pop(),
    "a timer": lambda _, found: found.fired.pop(),
}
DOUBLED: dict[str, Break] = {
    "an acknowledged complaint": lambda _, found: found.done.append(("filing-1", "c9")),
    "a complaint of which nothing is known": lambda _, found: found.done.append(("filing-4", "c9")),
    "a refused complaint": lambda _, found: found.done.append(("filing-3", "c3")),
    "an event under another id": lambda _, found: told_twice(found),
    "a case": lambda _, found: found.cases.update(c9="i"),
    "a message": lambda _, found: found.messages.append(found.messages[0]),
    "a timer": lambda _, found: found.fired.append(found.fired[0]),
    "a warning": lambda _, found: found.once.append(found.once[0]),
}
WRONG: dict[str, Break] = {
    "two events swapped": lambda _, found: swap(found, "issue.grew"),
    "something that nobody asked for": lambda _, found: found.done.append(("filing-9", "c9")),
    "another id than the client was told": lambda ledger, _: ledger.ids.update({"filing-1": "c7"}),
    "two answers to the same request": lambda ledger, _: ledger.acknowledge("filing-1", "c7"),
    "an answer that nobody may get": lambda ledger, _: ledger.wonder("500"),
    "an issue that counts one too many": lambda _, found: found.counted.update(i=4),
    "an issue that counts nothing that is there": lambda _, found: found.counted.update(j=1),
    "a complaint that intake has in no issue": lambda _, found: found.linked.update(c1=None),
    "a copy that is behind": lambda _, found: found.copies["the directory"][1].update({"p-1": 2}),
    "a copy that is missing": lambda _, found: found.copies["the directory"][1].clear(),
    "something half there": lambda _, found: found.half.append("a file without owner"),
    "something not sent": lambda _, found: found.left.update(outbox=1),
}


def kinds_of(broken: Break) -> set[str]:
    ledger, found = a_good_ledger(), deepcopy(a_good_end())
    broken(ledger, found)
    return {fault.kind for fault in faults(ledger, found)}


def test_a_good_end_has_no_fault() -> None:
    ledger, found = a_good_ledger(), a_good_end()
    assert faults(ledger, found) == []
    assert summary(ledger, []) == "acknowledged 2, lost 0, doubled 0"


@pytest.mark.parametrize("broken", LOST.values(), ids=LOST.keys())
def test_everything_lost_is_noticed(broken: Break) -> None:
    assert "lost" in kinds_of(broken)


@pytest.mark.parametrize("broken", DOUBLED.values(), ids=DOUBLED.keys())
def test_everything_doubled_is_noticed(broken: Break) -> None:
    assert "doubled" in kinds_of(broken)


@pytest.mark.parametrize("broken", WRONG.values(), ids=WRONG.keys())
def test_everything_else_that_is_wrong_is_noticed(broken: Break) -> None:
    assert "wrong" in kinds_of(broken)


def test_a_second_answer_after_a_first_one_counts_as_one() -> None:
    ledger = a_good_ledger()
    ledger.acknowledge("filing-1", "c1")
    assert faults(ledger, a_good_end()) == []
