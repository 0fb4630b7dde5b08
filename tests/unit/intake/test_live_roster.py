"""The roster of a process: it answers for all complaints only while it is told of every change."""

import asyncio
from datetime import UTC, datetime
from typing import Any

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
    """A database with one complaint; its next reading can be made to wait."""

    def __init__(self) -> None:
        self.door = asyncio.Event()
        self.door.set()

    async def newest(self, *_: object) -> list[dict[str, Any]]:
        await self.door.wait()
        return [{"_id": "c", "version": 1, "channel": "web", "kind": "complaint", **FILED}]

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
