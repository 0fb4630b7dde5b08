"""The manifest of a service: everything that the kernel has to know about it, and the only place that wires."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter

from shared.db.aggregate import Aggregate
from shared.db.schema import Step
from shared.db.uow import Uow
from shared.identity.policy import Rule
from shared.messaging.consumer import On
from shared.runtime.settings import Settings

TimerHandler = Callable[..., Awaitable[Any]]


@dataclass(frozen=True)
class Service:
    """One service. `timers` maps a timer's kind to the handler `(timer, uow)` that it fires."""

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
