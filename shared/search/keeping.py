"""Keeping an index in step with the database: compared at the start and after every gap, then told of each change.

The change stream is opened first, then every document's version is compared with the index's, then what the stream
told meanwhile is taken in. One task does all of it, and each step reads the documents as they are *then*: what is
written into the index is never older than what it replaces. Building, going on after a kill and mending are this one
way, so that nothing has to be remembered but what stands in the index itself.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic, perf_counter
from typing import Any, Final

from shared.db.aggregate import Document
from shared.db.changes import Listening
from shared.db.client import Mongo, StoreError
from shared.db.newest import behind, newest
from shared.errors import Unavailable
from shared.obs import metrics
from shared.obs.log import logger
from shared.search.index import Entry, Scope, SearchIndex
from shared.search.question import Question
from shared.search.source import Source

PAGE: Final = 500
GATHER: Final = 1.0
"""Seconds in which changes become one step. Each flushes the index; on MongoDB's disk its journal waits for that."""
AGAIN: Final = 1.0
SPREAD: Final = 0.001
"""Seconds left to requests between two pages of a comparison."""


@dataclass(slots=True)
class Progress:
    """How far the comparison is: `seen` of about `total` documents. `complete` once it has been through."""

    seen: int = 0
    total: int = 0
    complete: bool = False

    @property
    def percent(self) -> int:
        """Hundredths of the documents that are surely found; 100 only when all are."""
        if self.complete:
            return 100
        return min(99, self.seen * 100 // self.total) if self.total else 0


class Keeper:
    """Keeps the index of one process in step with the collections of its service."""

    def __init__(
        self, mongo: Mongo, index: SearchIndex, sources: Sequence[Source], service: str, listening: Listening
    ) -> None:
        self._mongo, self._index, self._service, self._listening = mongo, index, service, listening
        self._sources = {source.collection: source for source in sources}
        self.progress = Progress()
        self._behind_since: float | None = None
        metrics.SEARCH_COMPLETE.labels(service).set(0)
        metrics.SEARCH_BEHIND.labels(service).set_function(self._behind)

    def _behind(self) -> float:
        """How long what is being taken in has waited."""
        return 0.0 if self._behind_since is None else monotonic() - self._behind_since

    async def run(self) -> None:
        """Follow until cancelled; whatever goes wrong, compare everything anew."""
        while True:
            try:
                await self.follow()
            except (StoreError, Unavailable, ValueError, OSError) as error:
                metrics.SEARCH_COMPLETE.labels(self._service).set(0)
                logger.warning("search.trouble", service=self._service, error=repr(error))
            await asyncio.sleep(AGAIN)

    async def follow(self) -> None:
        """Compare, then take in every change; raises when it may have missed one."""
        async with self._listening as listening:
            await self._compare(listening)
            while True:
                self._behind_since = None
                changed = await listening.changed()
                self._behind_since = listening.heard_at
                await asyncio.gather(self._step(changed), asyncio.sleep(GATHER))

    async def _step(self, changed: Mapping[str, Collection[str]]) -> None:
        for collection, ids in changed.items():
            for part in _parts(list(ids)):
                await self._take(self._sources[collection], part)

    async def _compare(self, listening: Listening) -> None:
        """Every document against the index, newest first, and what happens meanwhile."""
        started = perf_counter()
        progress = Progress(total=sum([await self._mongo.size(name) for name in self._sources]))
        if not self.progress.complete:
            self.progress = progress
        for source in self._sources.values():
            before = progress.seen
            async for versions in self._pages(source):
                await self._mend(source, versions)
                progress.seen += len(versions)
                await self._step(listening.so_far())
                await asyncio.sleep(SPREAD)
            if await self._index.count(source.kind) > progress.seen - before:
                await self._sweep(source)
        progress.complete, self.progress = True, progress
        metrics.SEARCH_COMPLETE.labels(self._service).set(1)
        seconds = round(perf_counter() - started, 2)
        logger.info("search.compared", service=self._service, documents=progress.seen, seconds=seconds)

    async def _pages(self, source: Source) -> AsyncIterator[dict[str, int]]:
        """Ids and versions of a collection, a page at a time."""
        after: Document | None = None
        fields = {"version": 1, source.newest: 1} if source.newest else {"version": 1}
        while rows := await self._page(source, after, fields):
            yield {row["_id"]: row["version"] for row in rows}
            after = rows[-1]

    async def _page(self, source: Source, after: Document | None, fields: Document) -> list[Document]:
        by = source.newest
        if not by:
            query: Document = {"_id": {"$gt": after["_id"]}} if after else {}
            return await self._mongo.find(source.collection, query, sort=[("_id", 1)], limit=PAGE, fields=fields)
        query = behind(by, (after[by], after["_id"]) if after else None)
        return await self._mongo.find(source.collection, query, sort=newest(by), limit=PAGE, fields=fields)

    async def _mend(self, source: Source, versions: dict[str, int]) -> None:
        known = await self._index.versions(source.kind, list(versions))
        await self._take(source, [id for id, version in versions.items() if known.get(id) != version])

    async def _sweep(self, source: Source) -> None:
        """Take out what the database no longer has."""
        scope = Scope(source.kind)
        while hits := await self._index.search(Question(), scope, PAGE):
            ids = [hit.id for hit in hits]
            rows = await self._mongo.find(source.collection, {"_id": {"$in": ids}}, fields={"_id": 1})
            await self._take(source, set(ids) - {row["_id"] for row in rows})
            if len(hits) < PAGE:
                return
            scope = Scope(source.kind, upto=int(hits[-1].place) - 1)

    async def _take(self, source: Source, ids: Collection[str]) -> None:
        """Have these documents in the index as they are now."""
        if not ids:
            return
        fields = dict.fromkeys(source.fields, 1) or None
        rows = await self._mongo.find(source.collection, {"_id": {"$in": list(ids)}}, fields=fields)
        entries = await asyncio.to_thread(_entries, source, rows)
        there = {row["_id"] for row in rows}
        gone = [(source.kind, id) for id in ids if id not in there]
        await self._index.replace(entries, gone)
        metrics.SEARCH_INDEXED.labels(self._service, source.kind).inc(len(ids))


def _parts(ids: list[str]) -> Iterable[list[str]]:
    return (ids[at : at + PAGE] for at in range(0, len(ids), PAGE))


def _entries(source: Source, rows: Iterable[dict[str, Any]]) -> list[Entry]:
    return [source.entry(row) for row in rows]
