"""The manifest of a service: everything that the kernel has to know about it, and the only place that wires."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from fastapi import APIRouter

from shared.db.aggregate import Aggregate
from shared.db.changes import Changes
from shared.db.client import Mongo
from shared.db.schema import Step
from shared.db.store import Store
from shared.db.uow import Uow
from shared.identity.policy import Rule
from shared.messaging.consumer import On
from shared.privacy.sealed import Sealed
from shared.runtime.derived import Derived, Settle
from shared.runtime.following import DERIVED_COPIES, KEEP_COPIES
from shared.runtime.settings import Settings
from shared.search.source import Source
from shared.web.limits import Limit

TimerHandler = Callable[..., Awaitable[Any]]


class Memory(Protocol):
    """What an API process keeps in memory beside the database: filled and kept in step by `run`, until cancelled."""

    async def run(self) -> None:
        """Fill it, then follow; whatever goes wrong, start over."""
        ...


@dataclass(frozen=True)
class Chore:
    """Work that comes again `every` so often, on one process of the service at a time; it may be cut off anywhere."""

    name: str
    every: timedelta
    run: Callable[[Store], Awaitable[None]]


@dataclass(frozen=True)
class Service:
    """One service. `timers` maps a timer's kind to the handler `(timer, uow)` that it fires.

    `places` are first segments of addresses that it owns beside its name; `limits` those of single routes, by path.
    `derived` are the collections that follow from topics, `settle` makes again what follows from those (`derived.py`);
    all others hold what was entered here. `memory` makes what its API processes keep in memory (`running.memory`).
    `sealed` are the fields of its own that the master key seals.
    """

    name: str
    models: Sequence[type[Aggregate]]
    uow: type[Uow]
    load_rules: Callable[[Settings], Any]
    routers: Sequence[APIRouter]
    policy: Sequence[Rule]
    templates: Path
    consumers: Sequence[On] = ()
    timers: Mapping[str, TimerHandler] = field(default_factory=dict)
    steps: Sequence[Step] = ()
    chores: Sequence[Chore] = ()
    searched: Sequence[Source] = ()
    derived: Sequence[Derived] = ()
    settle: Settle | None = None
    memory: Callable[[Mongo, Changes], Memory] | None = None
    places: Sequence[str] = ()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    sealed: Sequence[Sealed] = ()

    @property
    def takes(self) -> tuple[On, ...]:
        """All that it consumes: its own consumers, and the directory, of which every service keeps a copy."""
        return (*self.consumers, *KEEP_COPIES)

    @property
    def remade(self) -> tuple[Derived, ...]:
        """All that `ccms rebuild` makes again from topics."""
        return (*self.derived, *DERIVED_COPIES)
