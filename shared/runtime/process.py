"""A running service: what is started in which order for its roles, and stopped in the other."""

import asyncio
from collections.abc import Awaitable, Coroutine, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal

from shared.db.changes import Changes
from shared.db.client import Mongo
from shared.db.committer import Committer
from shared.db.outbox import COLLECTION as OUTBOX
from shared.db.schema import prepare
from shared.db.store import Store
from shared.identity.directory import Directory
from shared.messaging.feed import OwnTopics
from shared.messaging.relay import Relay
from shared.messaging.subscriptions import Subscriptions
from shared.messaging.topics import create_topics
from shared.obs import metrics
from shared.obs.log import kind_and_place, logger
from shared.obs.traces import start_tracing
from shared.privacy.vault import Vault, read_master_keys
from shared.runtime import arenas, collector
from shared.runtime.clock import Clock, SystemClock
from shared.runtime.errands import Errands
from shared.runtime.following import Follower
from shared.runtime.ids import random_id
from shared.runtime.jobs import Jobs
from shared.runtime.people import organisation_of
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.search.search import Search

Role = Literal["api", "consumers", "relay", "jobs"]
ROLES: tuple[Role, ...] = ("api", "consumers", "relay", "jobs")
HASTE = 0.005
"""Seconds in which the rows of other processes come together, where nobody else follows changes."""
DRAIN = 5.0
SILENT = 30.0
LOOK = 2.0
EASE = 20.0


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that has to be well: its name, whether it is, and what is wrong otherwise."""

    name: str
    well: bool
    because: str = ""


class Running:
    """One service in one process; `alone` when no other process of it can commit anything.

    `hurried` is set when a server is known to be gone: then nothing is waited for at the end.
    """

    def __init__(
        self,
        service: Service,
        settings: Settings,
        roles: Iterable[Role] = ROLES,
        clock: Clock | None = None,
        *,
        directory: Directory | None = None,
        alone: bool = False,
    ) -> None:
        self.service, self.settings, self.roles, self.alone = service, settings, frozenset(roles), alone
        self.vault = Vault(*read_master_keys(settings.master_key_file))
        self.mongo = Mongo(settings.mongo_url, settings.named(f"ccms_{service.name}"))
        self.store = Store(
            service.name,
            self.mongo,
            clock or SystemClock(),
            service.uow,
            service.load_rules(settings),
            self.vault,
            directory or Directory(organisation_of(settings)),
            settings.deadline,
        )
        holder = f"{service.name}-{random_id()}"
        self.relay = Relay(self.mongo, settings.brokers, settings.namespace, service.name, holder)
        self.committer = Committer(self.store, settings.group_commit, self.relay.wake)
        metrics.COMMIT_WAITING.labels(service.name).set_function(lambda: self.committer.waiting)
        self.jobs = Jobs(self.store, service.timers, holder, self.relay.wake, service.chores)
        self.subscriptions = Subscriptions(service.takes, self.store, settings, self.relay.wake)
        self.follower = Follower(self.mongo, self.store.directory)
        self.own_topics = OwnTopics(service.name, settings)
        self.errands = Errands()
        self._changes = changes = Changes(self.mongo)
        self.search = Search(service.name, self.mongo, service.searched, settings.index, changes)
        self.memory = service.memory(self.mongo, changes) if service.memory else None
        self._tasks: list[asyncio.Task[None]] = []
        self._ready = False
        self._mongo_well = True
        self.hurried = False

    async def start(self) -> None:
        """Database first, then topics, then what writes to them, then what reads."""
        start_tracing(self.settings.traces, self.settings.trace_share)
        await prepare(self.mongo, self.service.models, self.service.steps)
        if self.settings.mode == "local":
            await create_topics(self.settings, [self.service.name])
        await self.follower.refresh()
        self._go(self.follower.run())
        if "relay" in self.roles:
            self._go(self.relay.run())
            if not self.alone:
                changes = self._changes if "api" in self.roles else Changes(self.mongo, HASTE)
                self._go(self.relay.watch(changes.new_in(OUTBOX)))
        if "consumers" in self.roles:
            await self.subscriptions.start()
        if "jobs" in self.roles:
            self._go(self.jobs.run())
        if "api" in self.roles:
            await self.own_topics.start()
            if self.service.searched:
                self._go(self.search.run())
            if self.memory is not None:
                self._go(self.memory.run())
        self._go(self._look_at_mongo())
        self._go(_give_memory_back())
        collector.calm()
        self._ready = True
        for role in self.roles:
            metrics.ROLE.labels(self.service.name, role).set(1)
        logger.info("service.ready", service=self.service.name, roles=sorted(self.roles))

    def _go(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(_say_why)
        self._tasks.append(task)

    async def stop(self) -> None:
        """HTTP has stopped already: finish what is under way, send what is written, then leave Kafka and MongoDB."""
        self._ready = False
        patience = 0.2 if self.hurried else DRAIN
        steps = (
            self.errands.stop(),
            self.committer.drain(),
            self.own_topics.stop(),
            self.subscriptions.stop(),
            self._drain(patience),
        )
        for step in steps:
            await _within(step, patience)
        for task in self._tasks:
            task.cancel()
        await _within(asyncio.gather(*self._tasks, return_exceptions=True), patience)
        self.mongo.close()

    async def _drain(self, patience: float) -> None:
        if "relay" in self.roles:
            await self.relay.drain(patience)

    def parts(self) -> list[Part]:
        """Liveness: whether each part still does its work (polls, heartbeats), not whether others answer."""
        parts = [Part(s.consumer.name, s.is_alive(), s.stopped_because or "no poll") for s in self.subscriptions.all]
        if "relay" in self.roles:
            parts.append(Part("relay", monotonic() - self.relay.beat < SILENT, "no round"))
        if "jobs" in self.roles:
            parts.append(Part("jobs", monotonic() - self.jobs.beat < SILENT, "no round"))
        parts += [Part("tasks", False, "a task has ended") for task in self._tasks if task.done()]
        return parts

    def readiness(self) -> list[Part]:
        """Whether requests can be taken now."""
        return [
            Part("started", self._ready, "still starting, or stopping"),
            Part("mongo", self._mongo_well, "no primary answers"),
        ]

    async def _look_at_mongo(self) -> None:
        name = self.service.name
        while True:
            self._mongo_well = await self.mongo.ping()
            metrics.MONGO_UP.labels(name).set(self._mongo_well)
            asked = monotonic()
            await asyncio.sleep(LOOK)
            metrics.LOOP_LATE.labels(name).observe(max(0.0, monotonic() - asked - LOOK))


def _say_why(task: "asyncio.Task[None]") -> None:
    """A task that ends by itself leaves its process not live: somebody will want to know why."""
    if not task.cancelled() and (error := task.exception()) is not None:
        name = task.get_coro().__qualname__  # type: ignore[union-attr]
        logger.error("task.ended", task=name, **kind_and_place(error))


async def _give_memory_back() -> None:
    while True:
        await asyncio.sleep(EASE)
        await asyncio.to_thread(arenas.give_back)


async def _within(step: Awaitable[Any], seconds: float) -> None:
    """One step of a stop; what goes wrong in it must not keep the next from being done."""
    try:
        await asyncio.wait_for(step, seconds)
    except Exception as error:
        logger.warning("stop.trouble", error=type(error).__name__)
