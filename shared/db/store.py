"""What `commit_many` needs to know of the service for which it writes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from shared.db.client import Mongo
from shared.db.numbers import Numbers
from shared.db.parking import Parked
from shared.db.past import Past, read_past
from shared.db.uow import Cause, Uow
from shared.identity.directory import Directory
from shared.identity.organisation import load_organisation
from shared.privacy.vault import Vault
from shared.runtime.clock import Clock

Handle = Callable[[Uow], Awaitable[Any]]
"""A handler with everything but its unit of work."""


@dataclass(frozen=True, slots=True)
class Awakened:
    """A parked record, ready to be handled."""

    cause: Cause
    handle: Handle


@dataclass
class Store:
    """One service's database with its clock, its kind of unit of work and its rules.

    `turn`: consumers of this process write one after the other. Events of one issue stand on several topics, so their
    batches touch the same documents; a conflict, after which a whole batch runs again, costs more than the wait.
    """

    service: str
    mongo: Mongo
    clock: Clock
    uow: type[Uow]
    rules: Any
    vault: Vault
    directory: Directory = field(default_factory=lambda: Directory(load_organisation()))
    deadline: float = 4.0
    awaken: Callable[[Parked], Awakened] | None = None
    numbers: Numbers = field(init=False)
    turn: asyncio.Lock = field(init=False, default_factory=asyncio.Lock)
    _past: Past | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.numbers = Numbers(self.mongo)

    async def past(self) -> Past:
        """What a restore has lost; asked for once."""
        if self._past is None:
            self._past = await read_past(self.mongo)
        return self._past
