"""The unit of work: what a handler sees of storage, time, ids and its cause."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self, TypeVar

from shared.contracts.event import Event
from shared.db.aggregate import Aggregate
from shared.db.timers import Timer
from shared.db.wants import AnyWant, IdsWant, Load, Loads, NumberWant, Want
from shared.db.workspace import Workspace
from shared.identity.directory import Directory
from shared.identity.organisation import Organisation
from shared.identity.principal import Principal
from shared.privacy.vault import Vault
from shared.runtime.ids import derived_id

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a handler runs: the event or command, its chain, and who asked.

    `id` is the marker that is written with the effects (`<consumer>:<event id>`, a command's id, a timer's);
    `event_id` is what caused it as others know it, for `ce_causationid`; `told_at` when an event was told that did.
    """

    id: str
    event_id: str = ""
    sequence: int = 0
    source: str = ""
    correlation_id: str = ""
    traceparent: str = ""
    principal: Principal | None = None
    told_at: datetime | None = None


class PrerequisiteMissing(Exception):
    """An event came before what it speaks of; it is parked until that exists."""

    def __init__(self, model: type[Aggregate], id: str) -> None:
        super().__init__(f"{model.__name__} is not there yet")
        self.model, self.id = model, id


@dataclass
class Told:
    """An event with the aggregate that told it and the cause it followed from."""

    aggregate: Aggregate
    event: Event
    cause: Cause
    id: str


@dataclass
class Uow:
    """Handed to every handler. Services subclass it with their repositories (`repository.py`)."""

    workspace: Workspace
    cause: Cause
    now: datetime
    rules: Any
    vault: Vault
    directory: Directory
    _made: int = 0
    _told: int = 0
    _numbers: int = 0
    _touched: dict[tuple[type[Aggregate], str], Aggregate] = field(default_factory=dict)
    _awaited: list[Aggregate] = field(default_factory=list)

    @property
    def organisation(self) -> Organisation:
        """Who works here, as far as this process has heard."""
        return self.directory.organisation

    def new_id(self) -> str:
        """The next id that follows from the cause; the same when the handler runs again."""
        self._made += 1
        return derived_id(self.cause.id, self._made)

    async def get(self, model: type[A], id: str, *, decide: bool = False) -> A | None:
        """One aggregate by id. `decide`: a decision is read from it, so that it is guarded even if unchanged."""
        found: A | None = await Load(self.workspace, Want(model, "_id", id))
        return self._seen(found, decide)

    async def need(self, model: type[A], id: str) -> A:
        """One aggregate that has to be there; an event that is too early is parked until it is."""
        found = await self.get(model, id)
        if found is None:
            raise PrerequisiteMissing(model, id)
        return found

    async def find(self, model: type[A], **equal: Any) -> list[A]:
        """The few aggregates whose one field equals a value (an index has to serve it)."""
        ((name, value),) = equal.items()
        found: list[A] = await Load(self.workspace, Want(model, name, value))
        return [a for a in (self._seen(f, False) for f in found) if a is not None]

    def ids(self, model: type[Aggregate], **equal: Any) -> Awaitable[list[str]]:
        """Ids alone of the aggregates whose one field equals a value, when they may be too many to load at once."""
        ((name, value),) = equal.items()
        return Load(self.workspace, IdsWant(model, name, value))

    def fetch(self, *wants: AnyWant) -> Awaitable[None]:
        """Have several wants loaded in one go; asking for each afterwards costs nothing."""
        return Loads(self.workspace, [Load(self.workspace, want) for want in wants])

    def number(self, series: str) -> Load[str]:
        """The next readable number of a series; the same when the handler runs again, gaps are possible."""
        self._numbers += 1
        return Load(self.workspace, NumberWant(series, self.cause.id, self._numbers))

    def add(self, aggregate: A) -> A:
        """Store something new."""
        self.workspace.add(aggregate)
        self._touched[type(aggregate), aggregate.id] = aggregate
        if aggregate.awaited:
            self._awaited.append(aggregate)
        return aggregate

    def remove(self, aggregate: Aggregate) -> None:
        """Take something out of storage."""
        self.workspace.remove(aggregate)

    def set_timer(self, kind: str, subject: str, due_at: datetime, **data: Any) -> Timer:
        """Have `kind` happen to `subject` at `due_at`, in the transaction that marks it done."""
        cause = self.cause
        return self.add(
            Timer(
                id=self.new_id(),
                kind=kind,
                subject=subject,
                due_at=due_at,
                data=data,
                event_id=cause.event_id,
                correlation_id=cause.correlation_id,
                traceparent=cause.traceparent,
            )
        )

    def _seen(self, found: A | None, decide: bool) -> A | None:
        if found is not None:
            self._touched[type(found), found.id] = found
            if decide:
                self.workspace.guard(found)
        return found

    def take_awaited(self) -> list[Aggregate]:
        """New aggregates that parked events may be waiting for; called by the kernel."""
        taken, self._awaited = self._awaited, []
        return taken

    def under(self, cause: Cause) -> Self:
        """The same unit of work for another cause: a parked event that is taken up with its prerequisite."""
        return type(self)(self.workspace, cause, self.now, self.rules, self.vault, self.directory)

    def take_told(self) -> list[Told]:
        """What the touched aggregates told since the last time; called by the kernel after the handler."""
        told: list[Told] = []
        for aggregate in self._touched.values():
            for event in aggregate.take_events():
                self._told += 1
                told.append(Told(aggregate, event, self.cause, self._event_id()))
        return told

    def _event_id(self) -> str:
        """The same whenever the handler runs again, but for a cause that is done again after a restore."""
        era = self.workspace.era
        return derived_id("event", *([era] if era else []), self.cause.id, self._told)
