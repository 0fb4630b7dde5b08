"""What an Idempotency-Key stands for: what was said, by whomever and in whatever process."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from pydantic import BaseModel

from shared.identity.principal import ANYONE, Principal
from shared.web.run import Run


class Said(BaseModel):
    """What somebody sends."""

    words: list[str]
    day: date


def content(*said: Any) -> str:
    return Run(cast(Any, None), cast(Any, None), ANYONE, "POST /", "key")._content(said)


SAID = Said(words=["하나", "둘"], day=date(2026, 11, 22))


def test_who_asks_and_how_is_not_part_of_it() -> None:
    agent, manager = (Principal("p-1", "", frozenset(roles), "person") for roles in ({"agent"}, {"agent", "manager"}))
    assert content("c-1", SAID, agent, print) == content("c-1", SAID, manager)


@pytest.mark.parametrize("other", [("c-2", SAID), ("c-1", SAID.model_copy(update={"words": ["넷"]})), ("c-1", None)])
def test_other_words_are_other_content(other: tuple[Any, ...]) -> None:
    assert content(*other) != content("c-1", SAID)


class Change(BaseModel):
    """What is said of a department: nothing, or that nobody leads it any more."""

    head: str | None = None


def test_what_is_taken_away_is_other_content_than_what_is_not_spoken_of() -> None:
    assert content(Change()) != content(Change(head=None))


def test_a_file_counts_by_its_bytes() -> None:
    assert content(b"one") == content(b"one")
    assert content(b"one") != content(b"two")


def test_a_set_is_the_same_in_any_order() -> None:
    names = [f"name-{n}" for n in range(50)]
    assert content(frozenset(names)) == content(frozenset(reversed(names)))


@dataclass(frozen=True)
class Drawn:
    """What a form was drawn from."""

    version: int
    at: datetime


def test_a_number_may_be_of_any_size_wherever_it_stands() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert len({content(2**64), content(2**64 + 1), content(Drawn(2**64, now)), content(Drawn(2**64 + 1, now))}) == 4


def test_what_differs_from_process_to_process_is_refused() -> None:
    with pytest.raises(TypeError):
        content(object())
