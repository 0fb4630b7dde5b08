"""What changes in a service's database, told to all in this process who follow it by one change stream."""

import asyncio
from collections import defaultdict
from collections.abc import Collection
from time import monotonic
from typing import Final, Self

from shared.db.client import Mongo, StoreError, Watch

REST: Final = 0.05
"""Seconds in which changes come together."""
MOST: Final = 100_000
"""Ids that may wait for one who listens; who is that far behind compares everything anew, and holds up nobody."""


class Changes:
    """One stream over all that is listened to in this process: the server goes through its log once, not for each."""

    def __init__(self, mongo: Mongo, rest: float = REST) -> None:
        self._mongo, self._rest = mongo, rest
        self._whole, self._new_in = set[str](), set[str]()
        self._listening: set[Listening] = set()
        self._watch: Watch | None = None
        self._task: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    def of(self, collections: Collection[str]) -> "Listening":
        """Somebody who will listen for changes of these; to be said before anybody begins."""
        self._whole |= set(collections)
        return Listening(self, collections)

    def new_in(self, collection: str) -> "Listening":
        """Somebody who will listen for what is inserted there; the same."""
        self._new_in.add(collection)
        return Listening(self, [collection])

    async def begin(self, one: "Listening") -> None:
        """Tell this one of every change from now on. Raises `StoreError`."""
        async with self._one_at_a_time:
            if self._watch is None:
                watch = self._mongo.watch(sorted(self._whole), sorted(self._new_in), self._rest)
                try:
                    await watch.open()
                except BaseException:
                    await watch.close()
                    raise
                self._watch, self._task = watch, asyncio.create_task(self._follow(watch))
            self._listening.add(one)

    async def end(self, one: "Listening") -> None:
        """Tell this one no more; the last ends the stream."""
        self._listening.discard(one)
        async with self._one_at_a_time:
            if self._listening or self._watch is None or self._task is None:
                return
            watch, self._watch = self._watch, None
            self._task.cancel()
            try:
                await asyncio.wait({self._task})
            finally:
                await watch.close()

    async def _follow(self, watch: Watch) -> None:
        try:
            while True:
                changed = await watch.changed()
                for one in list(self._listening):
                    one.hear(changed)
        except Exception as error:  # whatever it is: who listens must not wait for ever
            if self._watch is watch:
                self._watch = None
            for one in self._listening:
                one.lose(error if isinstance(error, StoreError) else StoreError(repr(error)))
            self._listening.clear()
            await watch.close()


class Listening:
    """Ids by collection that have changed and were not taken yet; within an `async with` none is missed."""

    def __init__(self, changes: Changes, collections: Collection[str]) -> None:
        self._changes, self._collections = changes, frozenset(collections)
        self._waiting: set[tuple[str, str]] = set()
        self._heard = asyncio.Event()
        self._lost: StoreError | None = None
        self.heard_at = monotonic()
        """When the first of what waits was heard."""

    async def __aenter__(self) -> Self:
        """Begin; whatever changes from now on is told. Raises `StoreError`."""
        self._waiting, self._lost = set(), None
        self._heard.clear()
        await self._changes.begin(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._changes.end(self)

    def hear(self, changed: Collection[tuple[str, str]]) -> None:
        """Keep what concerns this one."""
        mine = {each for each in changed if each[0] in self._collections}
        if not mine or self._lost is not None:
            return
        if not self._waiting:
            self.heard_at = monotonic()
        self._waiting |= mine
        self._heard.set()
        if len(self._waiting) > MOST:
            self._waiting.clear()
            self.lose(StoreError(f"more than {MOST} changes waited"))

    def lose(self, error: StoreError) -> None:
        """Some may have been missed from now on."""
        self._lost = error
        self._heard.set()

    async def changed(self) -> dict[str, list[str]]:
        """What has changed, as soon as something has. Raises `StoreError` when some may have been missed."""
        await self._heard.wait()
        return self.so_far()

    def so_far(self) -> dict[str, list[str]]:
        """What has changed by now, without waiting. Raises as `changed`."""
        if self._lost is not None:
            raise self._lost
        taken, self._waiting = self._waiting, set()
        self._heard.clear()
        changed: dict[str, list[str]] = defaultdict(list)
        for collection, id in taken:
            changed[collection].append(id)
        return changed
