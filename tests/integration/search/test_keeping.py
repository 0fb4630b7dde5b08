"""The index follows the database: soon, through restarts and losses, whatever was written meanwhile."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from shared.db.client import Commit, Document, Mongo
from shared.search.search import Search
from tests.conftest import Servers
from tests.integration.processes import until
from tests.integration.search.notes import Note, a_note, found, searching

Database = Callable[..., Mongo]
FRESH = 2.0


async def is_found(search: Search, typed: str, ids: set[str]) -> float:
    """Seconds until exactly these are found."""
    begun = monotonic()

    async def exactly() -> bool:
        return await found(search, typed) == ids

    await until(exactly, f"{typed} finds {len(ids)}")
    return monotonic() - begun


async def test_what_is_written_is_found_within_two_seconds(database: Database) -> None:
    mongo = database()
    async with searching(mongo, None) as search:
        seconds, written = [], set[str]()
        for id in ("a", "b", "c"):
            await mongo.insert(Note.collection, [a_note(id, "두유에서 이물질이 나왔어요")])
            written.add(id)
            seconds.append(await is_found(search, "이물질", written))
        assert min(seconds) < FRESH, seconds  # the machine may be busy with something else, but not always


async def test_changes_and_deletions_are_followed(database: Database) -> None:
    mongo = database()
    await mongo.ensure(Note.collection, Note.indexes)
    await mongo.insert(Note.collection, [a_note(id, "홍길동이 환불을 원함") for id in ("a", "b", "c")])
    async with searching(mongo, None) as search:
        assert await found(search, "홍길동") == {"a", "b", "c"}
        await mongo.replace(Note.collection, [(1, a_note("a", "○○○이 환불을 원함", version=2))])
        await mongo.update(Note.collection, {"_id": "b"}, {"$set": {"text": "지워짐", "version": 2}})
        await mongo.delete(Note.collection, {"_id": "c"})
        await is_found(search, "홍길동", set())
        await is_found(search, "환불", {"a"})


async def test_what_is_not_committed_is_not_found_and_then_it_is(database: Database) -> None:
    mongo = database()
    async with searching(mongo, None) as search:
        async with mongo.transaction() as session:
            await mongo.insert(Note.collection, [a_note("late", "환불")], session=session)
            await mongo.insert(Note.collection, [a_note("early", "환불")])
            await is_found(search, "환불", {"early"})
            await mongo.do([Commit()], session=session)
        await is_found(search, "환불", {"early", "late"})


async def test_after_a_stop_it_goes_on_where_the_database_is(database: Database, tmp_path: Path) -> None:
    mongo = database()
    async with searching(mongo, tmp_path):
        await mongo.insert(Note.collection, [a_note(str(n), "환불 요청") for n in range(1200)])
    await mongo.insert(Note.collection, [a_note("new", "환불 요청")])
    await mongo.delete(Note.collection, {"_id": {"$in": ["0", "1", "2"]}})
    await mongo.replace(Note.collection, [(1, a_note("3", "배송 지연", version=2))])
    async with searching(mongo, tmp_path) as search:
        assert await found(search, "환불") == {"new", *(str(n) for n in range(4, 1200))}
        assert await found(search, "배송") == {"3"}


@pytest.mark.parametrize("loss", ["folder", "file", "nonsense"])
async def test_an_index_that_is_lost_or_damaged_is_made_anew(database: Database, tmp_path: Path, loss: str) -> None:
    mongo = database()
    async with searching(mongo, tmp_path):
        await mongo.insert(Note.collection, [a_note(str(n), "환불 요청") for n in range(700)])
    if loss == "folder":
        shutil.rmtree(tmp_path)
    for file in tmp_path.rglob("meta.json"):
        if loss == "file":
            file.unlink()
        else:
            file.write_text("nonsense")
    async with searching(mongo, tmp_path) as search:
        assert len(await found(search, "환불")) == 700


class Interfering(Mongo):
    """A database in which others write while its documents are compared: behind, ahead, and what is just being read."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__(url, name)
        self._pages = 0

    async def find(self, collection: str, query: Any, **more: Any) -> list[Document]:
        """As the real one; after the second page it interferes."""
        rows = await super().find(collection, query, **more)
        if "version" in (more.get("fields") or {}):
            self._pages += 1
            if self._pages == 2:
                await self._interfere(rows)
        return rows

    async def _interfere(self, rows: list[Document]) -> None:
        await self.insert(Note.collection, [a_note("newest", "새로 옴", day=1), a_note("oldest", "새로 옴", day=-9)])
        for id, day in (("0-0", 0), (rows[0]["_id"], -1), ("4-0", -4)):
            await self.replace(Note.collection, [(1, a_note(id, "새로 씀", version=2, day=day))])
        await self.delete(Note.collection, {"_id": {"$in": ["0-1", rows[1]["_id"], "4-1"]}})


async def test_what_is_written_while_it_is_being_made_is_not_missed(database: Database, servers: Servers) -> None:
    mongo = database()
    await mongo.ensure(Note.collection, Note.indexes)
    for day in range(6):
        notes = [a_note(f"{day}-{n}", "환불", day=-day) for n in range(500)]
        await mongo.insert(Note.collection, notes)
    others = Interfering(servers.mongo, mongo.name)
    async with searching(others, None) as search:
        changed = {row["_id"] for row in await mongo.find(Note.collection, {"text": "새로 씀"})}
        assert len(changed) == 3
        await is_found(search, "새로 씀", changed)
        await is_found(search, "새로 옴", {"newest", "oldest"})
        left = {row["_id"] for row in await mongo.find(Note.collection, {"text": "환불"})}
        await is_found(search, "환불", left)
    others.close()


async def test_killed_at_any_time_it_misses_nothing(database: Database, servers: Servers, tmp_path: Path) -> None:
    """Three times a process is killed while it takes in what is being written; a last one finds everything."""
    mongo = database()
    await mongo.ensure(Note.collection, Note.indexes)
    for round in range(3):
        process = a_process(servers.mongo, mongo.name, str(tmp_path))
        try:
            for part in range(8):
                await mongo.insert(Note.collection, [a_note(f"{round}-{part}-{n}", "환불") for n in range(250)])
                await mongo.update(
                    Note.collection, {"_id": f"{round}-{part}-0"}, {"$set": {"text": "배송", "version": 2}}
                )
                await mongo.delete(Note.collection, {"_id": f"{round}-{part}-1"})
            await until(lambda: _has_index(tmp_path), "the process has begun an index")
        finally:
            process.kill()
            process.wait()
    async with searching(mongo, tmp_path) as search:
        assert len(await found(search, "환불")) == 3 * 8 * 248
        assert len(await found(search, "배송")) == 3 * 8


def a_process(*arguments: str) -> subprocess.Popen[bytes]:
    """A search in a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "tests.integration.search.notes", *arguments])


async def _has_index(folder: Path) -> bool:
    return any(folder.rglob("meta.json"))


async def test_two_processes_on_one_machine_keep_apart(database: Database, tmp_path: Path) -> None:
    mongo = database()
    async with searching(mongo, tmp_path) as one, searching(mongo, tmp_path) as two:
        await mongo.insert(Note.collection, [a_note("a", "환불")])
        for search in (one, two):
            await is_found(search, "환불", {"a"})


async def test_a_collection_that_is_dropped_is_followed_too(database: Database) -> None:
    mongo = database()
    async with searching(mongo, None) as search:
        await mongo.insert(Note.collection, [a_note("a", "환불")])
        await is_found(search, "환불", {"a"})
        await mongo.drop()
        await mongo.ensure(Note.collection, Note.indexes)
        await mongo.insert(Note.collection, [a_note("b", "환불")])
        await is_found(search, "환불", {"b"})
