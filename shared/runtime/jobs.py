"""Fires timers that are due, each in the transaction that marks it done, and does the chores; one process at a time."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from time import monotonic

from shared.db.aggregate import Document
from shared.db.client import StoreError
from shared.db.commit import commit_many
from shared.db.lease import SECONDS, Lease
from shared.db.member import INBOX, Member
from shared.db.store import Store
from shared.db.timers import Timer
from shared.db.uow import Cause, Uow
from shared.errors import Unavailable
from shared.obs import metrics
from shared.obs.context import following
from shared.obs.holding import holds
from shared.obs.log import logger
from shared.runtime import crash
from shared.runtime.measuring import measure_waiting
from shared.runtime.service import Chore, TimerHandler

EVERY = 0.5
MOST = 100
TRY_AGAIN = 30.0


class Jobs:
    """The clockwork of one service."""

    def __init__(
        self,
        store: Store,
        timers: Mapping[str, TimerHandler],
        holder: str,
        committed: Callable[[], None],
        chores: Sequence[Chore] = (),
    ) -> None:
        self._store, self._timers, self._committed = store, timers, committed
        self._chores = dict.fromkeys(chores, 0.0)
        self._lease = Lease(store.mongo, "jobs", holder)
        self._renewed = 0.0
        self._failed: dict[str, float] = {}
        self.beat = monotonic()

    async def run(self) -> None:
        """Look for due timers until cancelled."""
        try:
            while True:
                self.beat = monotonic()
                try:
                    more = await self._has_lease() and await self.fire_due()
                    if self._renewed and not more:
                        await self.do_chores()
                except (StoreError, Unavailable) as error:
                    logger.warning("jobs.trouble", service=self._store.service, error=repr(error))
                    more = False
                await asyncio.sleep(0 if more else EVERY)
        finally:
            with suppress(StoreError):
                await asyncio.shield(self._lease.let_go())

    async def _has_lease(self) -> bool:
        if monotonic() - self._renewed < SECONDS / 3:
            return True
        held = await self._lease.hold()
        holds(self._store.service, "jobs", held)
        self._renewed = monotonic() if held else 0.0
        if held:
            await measure_waiting(self._store)
        return held

    async def do_chores(self) -> None:
        """Do the chores whose time has come; one that fails is tried again at its next time."""
        for chore, due in list(self._chores.items()):
            if monotonic() < due:
                continue
            self._chores[chore] = monotonic() + chore.every.total_seconds()
            try:
                await chore.run(self._store)
            except (StoreError, Unavailable):
                raise
            except Exception as error:
                logger.error("chore.failed", service=self._store.service, chore=chore.name, error=type(error).__name__)

    async def fire_due(self) -> bool:
        """Fire what is due; whether there may be more."""
        now = monotonic()
        self._failed = {id: until for id, until in self._failed.items() if until > now}
        query: Document = {"done_at": None, "due_at": {"$lte": self._store.clock.now()}}
        if self._failed:
            query["_id"] = {"$nin": list(self._failed)}
        rows = await self._store.mongo.find(Timer.collection, query, sort=[("due_at", 1)], limit=MOST)
        return bool(rows) and await self._fire([Timer.from_document(row) for row in rows])

    async def _fire(self, timers: list[Timer]) -> bool:
        """Whether any of them did its work: that may have set the next one, which need not wait."""
        crash.point("timer.before")
        outcomes = await commit_many(self._store, [self._member(timer) for timer in timers])
        crash.point("timer.after")
        self._committed()
        for timer, outcome in zip(timers, outcomes, strict=True):
            if outcome.error is None:
                metrics.TIMERS_FIRED.labels(self._store.service, timer.kind).inc()
                continue
            if isinstance(outcome.error, Unavailable):  # not at fault: it is due still
                continue
            self._failed[timer.id] = monotonic() + TRY_AGAIN
            with following(timer.correlation_id, timer.traceparent):
                logger.error("timer.failed", kind=timer.kind, timer=timer.id, error=type(outcome.error).__name__)
        return any(outcome.error is None for outcome in outcomes)

    def _member(self, timer: Timer) -> Member:
        async def fire(uow: Uow) -> None:
            due = await uow.need(Timer, timer.id)
            if due.done_at is None:
                due.done_at = uow.now
                await self._timers[due.kind](due, uow)

        cause = Cause(
            f"timer:{timer.id}",
            event_id=timer.event_id,
            correlation_id=timer.correlation_id,
            traceparent=timer.traceparent,
        )
        return Member(cause, fire, INBOX)
