"""The account of records, on ends that are wrong: a lost record, a spoilt letter, a good neighbour that died."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.fuzz.accounted import Taken, faults
from tests.fuzz.records import Letter

PLACE = (0, 7)
BAD = Letter(b"k", b"junk", [("ce_id", b"x"), ("x-name", b"y")], good=False)
GOOD = replace(BAD, good=True)
BURIED: dict[str, Any] = {
    "error": "unreadable: value", "key": b"k", "body": b"junk", "headers": [["ce_id", b"x"], ["x-name", b"y"]],
}  # fmt: skip
WELL = Taken(frozenset({"m"}), {PLACE: BURIED}, frozenset({PLACE}))
NOTHING = Taken(frozenset(), {}, frozenset())


def ends(letter: Letter, taken: Taken, marker: str = "m", kept: frozenset[str] = frozenset()) -> list[str]:
    return list(faults(letter, PLACE, marker, kept, taken))


def test_what_was_buried_as_it_came_is_accounted_for() -> None:
    assert ends(BAD, WELL) == []


def test_what_was_done_or_concerns_nobody_is_accounted_for() -> None:
    assert ends(GOOD, replace(NOTHING, inbox=frozenset({"m"}))) == []
    assert ends(BAD, NOTHING, marker="") == []


def test_of_a_sealed_letter_only_some_headers_are_kept() -> None:
    sealed = replace(WELL, dead={PLACE: BURIED | {"headers": [["ce_id", b"x"]]}})
    assert ends(BAD, sealed, kept=frozenset({"ce_id"})) == []
    assert ends(BAD, sealed) != []


@pytest.mark.parametrize("letter", [GOOD, BAD])
def test_a_record_that_is_nowhere_is_lost(letter: Letter) -> None:
    assert "lost" in ends(letter, NOTHING)[0]


def test_a_good_record_without_its_effect_is_noticed() -> None:
    done = replace(NOTHING, inbox=frozenset({"m"}), effects=frozenset({"c-1"}))
    assert ends(replace(GOOD, makes="c-1"), done) == []
    assert "no effect" in ends(replace(GOOD, makes="c-2"), done)[0]


def test_a_good_neighbour_among_the_dead_letters_is_noticed() -> None:
    assert "neighbour" in ends(GOOD, WELL)[0]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda row: row | {"body": b"jun"}, "other bytes"),
        (lambda row: row | {"body": None}, "other bytes"),
        (lambda row: row | {"key": b"other"}, "other bytes"),
        (lambda row: row | {"headers": []}, "other headers"),
        (lambda row: row | {"error": ""}, "without its error"),
    ],
)
def test_a_letter_that_is_not_as_it_came_is_noticed(
    change: Callable[[dict[str, Any]], dict[str, Any]], fault: str
) -> None:
    assert any(fault in found for found in ends(BAD, replace(WELL, dead={PLACE: change(BURIED)})))


def test_a_letter_that_is_not_on_its_topic_is_noticed() -> None:
    assert any("not on its topic" in found for found in ends(BAD, replace(WELL, told=frozenset())))
