"""The roster of a process: it answers for all complaints only while it is told of every change."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from services.intake.repository import roster
from services.intake.repository.roster import LiveRoster
from shared.db.client import StoreError

FILED = {"filed_at": datetime(2026, 11, 1, tzinfo=UTC), "state": "received", "severity": "minor", "category": "defect"}


class Told:
    """A stream that tells what a test says."""

    def __init__(self) -> None:
        self.news: asyncio.Queue[dict[str, list[str]] | StoreError] = asyncio.Queue()

    async def __aenter__(self) -> "Told":
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    def so_far(self) -> dict[str, list[str]]:
        return {}

    async def changed(self) -> dict[str, list[str]]:
        news = await self.news.get()
        if isinstance(news, StoreError):
            raise news
        return news


class Stored:
    """A database with some complaints; its next reading can be made to wait."""

    def __init__(self, many: int = 1) -> None:
        self.ids = [f"c-{n}" for n in range(many)]
        self.door = asyncio.Event()
        self.door.set()

    async def newest(self, after: tuple[datetime, str] | None, limit: int) -> list[dict[str, Any]]:
        await self.door.wait()
        behind = [id for id in self.ids if after is None or id > after[1]]
        plain = {"version": 1, "channel": "web", "kind": "complaint", **FILED}
        return [{"_id": id, **plain} for id in behind[:limit]]

    async def these(self, _: list[str]) -> list[dict[str, Any]]:
        return []


async def turned(live: LiveRoster, *, whole: bool) -> None:
    async with asyncio.timeout(5):
        while (live.whole is not None) is not whole:
            await asyncio.sleep(0)


async def test_it_answers_for_nothing_between_a_loss_and_the_next_reading() -> None:
    told, stored = Told(), Stored()
    double: Any = (stored, told)
    live = LiveRoster(*double)
    assert live.whole is None
    following = asyncio.create_task(live.run())
    await turned(live, whole=True)
    stored.door.clear()
    told.news.put_nowait(StoreError("gone"))
    await turned(live, whole=False)
    assert live.is_whole, "pages go on showing what it knew"
    stored.door.set()
    await turned(live, whole=True)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


@pytest.mark.parametrize(("many", "all_known"), [(0, True), (3, True), (4, True), (5, False), (6, False)])
async def test_it_answers_for_all_complaints_up_to_as_many_as_it_keeps(
    many: int, all_known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "MOST", 4)
    monkeypatch.setattr(roster, "AT_ONCE", 2)
    monkeypatch.setattr(roster, "ROOM", 100)
    double: Any = (Stored(many), Told())
    live = LiveRoster(*double)
    following = asyncio.create_task(live.run())
    assert await live.ready(5)
    async with asyncio.timeout(5):
        while not live._in_step:
            await asyncio.sleep(0)
    assert len(live.roster) == min(many, 4)
    assert (live.whole is not None) is all_known
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
