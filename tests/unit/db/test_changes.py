"""One change stream for all who follow: each hears of its own, a loss reaches everybody, the last one ends it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from shared.db import changes
from shared.db.changes import Changes, Listening
from shared.db.client import StoreError

ONE, OTHER = "complaints", "products"


class Told:
    """A stream that tells what a test says."""

    def __init__(self, collections: Sequence[str]) -> None:
        self.collections = collections
        self.is_open = False
        self._news: asyncio.Queue[set[tuple[str, str]] | Exception] = asyncio.Queue()

    async def open(self) -> None:
        self.is_open = True

    async def close(self) -> None:
        self.is_open = False

    async def changed(self) -> set[tuple[str, str]]:
        news = await self._news.get()
        if isinstance(news, Exception):
            raise news
        return news

    def tell(self, *news: tuple[str, str]) -> None:
        self._news.put_nowait(set(news))

    def lose(self) -> None:
        self._news.put_nowait(StoreError("gone"))

    def fail(self) -> None:
        self._news.put_nowait(KeyError("ns"))


class Streams:
    """A database of which only its streams are asked."""

    def __init__(self) -> None:
        self.all: list[Told] = []

    def watch(self, collections: Sequence[str], new_in: Sequence[str], _rest: float) -> Told:
        self.all.append(Told([*collections, *new_in]))
        return self.all[-1]


@pytest.fixture
def streams() -> Streams:
    """No stream yet."""
    return Streams()


def following(streams: Any) -> tuple[Listening, Listening]:
    """One who listens for complaints, one for complaints and products."""
    made = Changes(streams)
    return made.of([ONE]), made.of([ONE, OTHER])


async def test_all_share_a_stream_and_hear_of_their_own(streams: Streams) -> None:
    one, both = following(streams)
    async with one, both:
        streams.all[0].tell((OTHER, "p"), (ONE, "c"))
        assert await one.changed() == {ONE: ["c"]}
        assert await both.changed() == {ONE: ["c"], OTHER: ["p"]}
    assert [stream.collections for stream in streams.all] == [[ONE, OTHER]]
    assert not streams.all[0].is_open


async def test_what_comes_while_one_is_busy_waits_for_it(streams: Streams) -> None:
    one, both = following(streams)
    async with one, both:
        for id in ("a", "b", "a"):
            streams.all[0].tell((ONE, id))
            assert await both.changed() == {ONE: [id]}
        assert {collection: set(ids) for collection, ids in one.so_far().items()} == {ONE: {"a", "b"}}
        assert one.so_far() == {}


async def test_a_loss_reaches_everybody_and_the_next_begin_a_new_stream(streams: Streams) -> None:
    one, both = following(streams)
    async with one, both:
        streams.all[0].lose()
        for each in (one, both):
            with pytest.raises(StoreError):
                await each.changed()
    async with one:
        streams.all[1].tell((ONE, "c"))
        assert await one.changed() == {ONE: ["c"]}
    assert [stream.is_open for stream in streams.all] == [False, False]


async def test_one_who_leaves_takes_nobody_else_along(streams: Streams) -> None:
    one, both = following(streams)
    async with both:
        async with one:
            pass
        streams.all[0].tell((OTHER, "p"))
        assert await both.changed() == {OTHER: ["p"]}


async def test_who_is_too_far_behind_compares_anew_and_holds_up_nobody(
    streams: Streams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST", 2)
    one, both = following(streams)
    async with one, both:
        for id in ("a", "b", "c", "d"):
            streams.all[0].tell((ONE, id))
            assert await both.changed() == {ONE: [id]}
        with pytest.raises(StoreError):
            await one.changed()
    async with one:
        streams.all[1].tell((ONE, "e"))
        assert await one.changed() == {ONE: ["e"]}


async def test_a_fault_of_the_stream_makes_nobody_deaf(streams: Streams) -> None:
    one, _ = following(streams)
    async with one:
        streams.all[0].fail()
        with pytest.raises(StoreError):
            await one.changed()
    async with one:
        streams.all[1].tell((ONE, "c"))
        assert await one.changed() == {ONE: ["c"]}
