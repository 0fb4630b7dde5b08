"""Notes: a small collection that is searched, written the way the kernel writes."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from shared.db.aggregate import Aggregate, Document, index
from shared.db.changes import Changes
from shared.db.client import Mongo
from shared.search.index import Entry, Scope, order_of
from shared.search.question import read_question
from shared.search.search import Search
from shared.search.source import Source
from tests.integration.processes import until

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOTES = Scope("note")


class Note(Aggregate):
    """A text with a day."""

    collection: ClassVar[str] = "notes"
    indexes: ClassVar[tuple[Document, ...]] = (index("-at", "-_id"),)


def entry_of(row: Document) -> Entry:
    return Entry("note", row["_id"], row["version"], order_of(row["at"], row["_id"]), [row["text"]])


SOURCE = Source("note", Note, entry_of, newest="at")


def a_note(id: str, text: str, version: int = 1, day: int = 0) -> Document:
    return {"_id": id, "version": version, "at": NOON + timedelta(days=day), "text": text}


async def found(search: Search, typed: str) -> set[str]:
    """Ids of the notes that are found."""
    return {hit.id for hit in await search.find(read_question(typed), NOTES, 10_000)}


@asynccontextmanager
async def searching(mongo: Mongo, kept: Path | None) -> AsyncIterator[Search]:
    """A search as a process runs it, with everything compared."""
    await mongo.ensure(Note.collection, Note.indexes)
    search = Search("test", mongo, [SOURCE], kept, Changes(mongo))
    task = asyncio.create_task(search.run())

    async def complete() -> bool:
        return search.progress.complete

    try:
        await until(complete, "the index is complete", 30)
        yield search
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


if __name__ == "__main__":
    own = Mongo(sys.argv[1], sys.argv[2])
    asyncio.run(Search("test", own, [SOURCE], Path(sys.argv[3]), Changes(own)).run())
