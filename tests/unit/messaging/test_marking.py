"""Marks beside the sending: what waits is known, what fails is told and sent again, nothing stays behind."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from shared.db.aggregate import Document
from shared.db.client import StoreError
from shared.messaging import marking
from shared.messaging.marking import Marking

MONGO: Any = None


def rows(*ids: str) -> list[Document]:
    return [{"_id": id, "topic": "issue.grew", "key": b"k", "sequence": 1, "body": b"{}"} for id in ids]


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The ids that were marked together."""
    seen: list[list[str]] = []

    async def mark(_: Any, sent: Sequence[Document], __: datetime) -> None:
        await asyncio.sleep(0)
        seen.append([row["_id"] for row in sent])

    monkeypatch.setattr(marking, "mark_sent", mark)
    return seen


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that does not take marks."""

    async def mark(*_: Any) -> None:
        raise StoreError("away")

    monkeypatch.setattr(marking, "mark_sent", mark)


async def test_what_is_sent_in_a_moment_is_marked_together(marked: list[list[str]]) -> None:
    made = Marking(MONGO)
    for id in ("a", "b"):
        await made.add(rows(id))
    waiting = await made.waiting()
    assert [row["_id"] for row in waiting] == ["a", "b"], "they must not be read as unsent"
    assert not any("body" in row for row in waiting)
    await made.settle()
    assert marked == [["a", "b"]]
    assert await made.waiting() == []


async def test_what_comes_after_a_mark_is_marked_too(marked: list[list[str]]) -> None:
    made = Marking(MONGO)
    for id in ("a", "b"):
        await made.add(rows(id))
        await made.settle()
    assert marked == [["a"], ["b"]]


async def test_too_many_are_waited_for(marked: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "MOST", 2)
    made = Marking(MONGO)
    await made.add(rows("a", "b", "c"))
    assert marked == [["a", "b", "c"]]


@pytest.mark.usefixtures("failing")
async def test_a_mark_that_failed_is_told_once_and_its_rows_are_sent_again() -> None:
    made = Marking(MONGO)
    await made.add(rows("a"))
    with pytest.raises(StoreError):
        await made.settle()
    assert await made.waiting() == []


async def test_who_is_stopped_meanwhile_leaves_the_mark_to_be_finished(marked: list[list[str]]) -> None:
    made = Marking(MONGO)
    await made.add(rows("a"))
    stopped = asyncio.create_task(made.settle())
    await asyncio.sleep(0)
    stopped.cancel()
    await asyncio.gather(stopped, return_exceptions=True)
    await made.settle()
    assert marked == [["a"]]
