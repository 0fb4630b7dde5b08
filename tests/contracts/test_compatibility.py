"""The check of schemas itself: what it lets through, what it refuses, and what it tells to do."""

from typing import Literal

import pytest
from pydantic import BaseModel, Field

from tests.contracts.compatibility import broken


class Place(BaseModel):
    """A part of the event."""

    row: int
    note: str | None = None


class Moved(BaseModel):
    """The event as it is."""

    id: str
    size: int
    kind: Literal["box", "bag"]
    lot: str | None = None
    place: Place
    tags: list[str] = []
    names: dict[str, str] = {}


class WithMore(Moved):
    """More that may be absent."""

    colour: str | None = None
    weight: int = 0


class WithMoreInside(Moved):
    """More that may be absent, further in."""

    class Place(Place):
        """A part with more."""

        shelf: int = 0

    place: Place


class Required(Moved):
    """A field that nobody sent so far."""

    colour: str


class Renamed(BaseModel):
    """A field under another name."""

    id: str
    size: int
    kind: Literal["box", "bag"]
    batch: str | None = None
    place: Place
    tags: list[str] = []
    names: dict[str, str] = {}


class OtherType(Moved):
    """A number that became text."""

    size: str  # type: ignore[assignment]


class NoNull(Moved):
    """A field that may no longer be null."""

    lot: str = ""


class FewerKinds(Moved):
    """A value that is no longer known."""

    kind: Literal["box"]


class MoreKinds(Moved):
    """A value that readers do not know."""

    kind: Literal["box", "bag", "roll"]  # type: ignore[assignment]


class Shorter(Moved):
    """A text that may not be as long as it was."""

    id: str = Field(max_length=10)


class OtherTags(Moved):
    """A list of something else."""

    tags: list[int] = []  # type: ignore[assignment]


class OtherNames(Moved):
    """A table of something else."""

    names: dict[str, int] = {}  # type: ignore[assignment]


class NoLonger(Moved):
    """A field that need not be there any more."""

    size: int = 0


class InsideGone(Moved):
    """A part that lost a field."""

    class Place(BaseModel):
        """The part."""

        row: int

    place: Place  # type: ignore[assignment]


def problems(today: type[BaseModel]) -> list[str]:
    return broken(Moved.model_json_schema(), today.model_json_schema())


@pytest.mark.parametrize("today", [Moved, WithMore, WithMoreInside])
def test_what_may_be_absent_may_be_added(today: type[BaseModel]) -> None:
    assert problems(today) == []


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (Required, "data.colour is required now"),
        (Renamed, "data.lot was removed"),
        (OtherType, "data.size: type integer is no longer allowed"),
        (NoNull, "data.lot: type null is no longer allowed"),
        (FewerKinds, "data.kind: value 'bag' is no longer allowed"),
        (MoreKinds, "data.kind: value 'roll' is new"),
        (Shorter, "data.id: maxLength was None and is 10"),
        (OtherTags, "data.tags[]: type string is no longer allowed"),
        (OtherNames, "data.names[]: type string is no longer allowed"),
        (NoLonger, "data.size is no longer required"),
        (InsideGone, "data.place.note was removed"),
    ],
)
def test_a_change_that_breaks_a_reader_is_refused_by_field(today: type[BaseModel], said: str) -> None:
    first = problems(today)[0]
    assert first.startswith(said)
    assert "new version with a topic of its own" in first


def test_words_about_a_field_may_change() -> None:
    class Reworded(Moved):
        """The event in better words."""

        size: int = Field(description="Pieces", title="Size in pieces")

    assert problems(Reworded) == []
