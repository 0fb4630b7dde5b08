"""Search for one process of a service: its index, what keeps it in step, and what pages and APIs ask of it."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Final

from shared.db.changes import Changes
from shared.db.client import Mongo
from shared.errors import Unavailable
from shared.obs import metrics
from shared.obs.log import logger
from shared.search.index import Hit, Scope, SearchIndex
from shared.search.keeping import Keeper, Progress
from shared.search.likeness import Reading, likeness, weigh_as
from shared.search.place import Place
from shared.search.question import Question
from shared.search.source import Source

AGAIN: Final = 5.0
TIES: Final = 8
"""More than any moment has documents of one order: what is cut off between two pages is read again."""
FIRST: Final = 2**64 - 1
MOST_NAMED: Final = 20
"""Documents of one name, which stand before all others: their places are counted down from `FIRST`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document with its text, to be compared."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How like each text is, by id, from 0 to 1, and how much each pair of letters in them tells."""

    scores: Mapping[str, float]
    rarity: Mapping[str, float]


class Search:
    """Finds documents of a service. Until `progress` is complete, older ones may not be found yet."""

    def __init__(
        self, service: str, mongo: Mongo, sources: Sequence[Source], kept: Path | None, changes: Changes
    ) -> None:
        self._service, self._mongo, self._sources = service, mongo, sources
        self._listening = changes.of([source.collection for source in sources])
        self._place = Place(kept, mongo.name)
        self._index: SearchIndex | None = None
        self._keeper: Keeper | None = None

    @property
    def progress(self) -> Progress:
        """How far the index is."""
        return self._keeper.progress if self._keeper else Progress()

    async def run(self) -> None:
        """Make or open the index and keep it in step, until cancelled; without a place for it, try again."""
        while True:
            try:
                await self._keep(self._place.take())
            except (ValueError, OSError) as error:
                logger.error("search.no_index", service=self._service, error=repr(error))
                self._place.leave()
            await asyncio.sleep(AGAIN)

    async def _keep(self, index: SearchIndex) -> None:
        self._index = index
        self._keeper = Keeper(self._mongo, index, self._sources, self._service, self._listening)
        try:
            await self._keeper.run()
        finally:
            self._index = None
            with suppress(ValueError, OSError):
                await index.close()
            self._place.leave()

    async def find(
        self, question: Question, scope: Scope, limit: int, *, after: tuple[int, str] | None = None, name: str = ""
    ) -> list[Hit]:
        """At most `limit` documents behind the place `after` (order, id), highest order first.

        Those that are called `name` exactly come first. Raises `Unavailable` when there is no index yet.
        """
        started = perf_counter()
        index, before = self._ready(), after or (FIRST + 1, "")
        with _Unavailable():
            named = await self._named(name, scope) if before[0] > FIRST - MOST_NAMED else []
            upto = max(0, min(before[0], FIRST))
            others = await index.search(question, replace(scope, upto=upto), limit + TIES, unnamed=name or None)
        metrics.SEARCH_SECONDS.labels(self._service, scope.kind).observe(perf_counter() - started)
        hits = [*named, *sorted(others, key=_downwards)]
        return [hit for hit in hits if _downwards(hit) > (-before[0], before[1])][:limit]

    async def _named(self, name: str, scope: Scope) -> list[Hit]:
        hits = await self._ready().named(name, scope, MOST_NAMED) if name else []
        return [Hit(hit.id, FIRST - place) for place, hit in enumerate(hits)]

    async def candidates(self, text: str, scope: Scope, limit: int) -> list[str]:
        """Ids of documents that may be like a text, best first."""
        with _Unavailable():
            return [hit.id for hit in await self._ready().like(text, scope, limit)]

    async def compare(self, text: str, others: Collection[Candidate]) -> "Compared":
        """How like each other text is; rare words count for more than those that stand in every text."""
        one, read = Reading(text), {other.id: Reading(other.text) for other in others}
        with _Unavailable():
            rarity = await self._ready().rarity(set(one.pairs).union(*(reading.pairs for reading in read.values())))
        weigh = weigh_as(rarity)
        scores = await asyncio.to_thread(lambda: {id: likeness(one, other, weigh) for id, other in read.items()})
        return Compared(scores, rarity)

    def _ready(self) -> SearchIndex:
        if self._index is None:
            raise Unavailable(retry_after=1)
        return self._index


def _downwards(hit: Hit) -> tuple[int, str]:
    return -int(hit.place), hit.id


class _Unavailable:
    """The index's own errors as what they are to a reader: it does not answer now."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, *_: object) -> None:
        if isinstance(error, ValueError | OSError):
            raise Unavailable(retry_after=1) from error
