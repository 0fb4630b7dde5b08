"""Two consumers on one store for tests of parking: one makes purses, the other needs them to be there."""

from dataclasses import replace
from itertools import count
from uuid import uuid4

from aiokafka import ConsumerRecord as Record

from shared.contracts.catalogue import entry_of
from shared.contracts.cloudevents import to_headers
from shared.contracts.complaint import ComplaintAssigned, ComplaintClassified, ComplaintCreated
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.db.client import Mongo
from shared.db.store import Store
from shared.db.uow import Uow
from shared.messaging.consumer import Consumer, Handler
from shared.messaging.failure import DeadLetterLimit
from shared.runtime.clock import SystemClock
from tests.integration.kernel.purse import Marker, Purse
from tests.integration.topics import a_created

_offsets = count()


class Refusal(Exception):
    """The handler cannot take it."""


async def open_purse(event: ComplaintCreated, uow: Uow) -> None:
    """The prerequisite comes."""
    uow.add(Purse(id=event.complaint_id, owner=event.complaint_id))


async def pay(event: ComplaintClassified, uow: Uow) -> None:
    """Needs a purse; `category` is the amount, which has to go up from event to event."""
    amount = int(event.category)
    if amount < 0:
        raise Refusal
    purse = await uow.need(Purse, event.complaint_id)
    assert amount > purse.money, "an earlier event came later"
    purse.money = amount


async def stamp(event: ComplaintAssigned, uow: Uow) -> None:
    """Needs a purse first and then a second one, named by the number."""
    await uow.need(Purse, event.complaint_id)
    await uow.need(Purse, event.number)
    uow.add(Marker(id=event.complaint_id, purse=event.number))


HANDLERS: dict[type[Event], Handler] = {
    ComplaintCreated: open_purse,
    ComplaintClassified: pay,
    ComplaintAssigned: stamp,
}


class Letters:
    """One process's consumers. `also` is another process on the same database."""

    def __init__(self, store: Store) -> None:
        self.store = store
        limit = DeadLetterLimit(1000, 60.0)
        self._of = {
            model: Consumer(store, entry_of(model), handle, limit, 10.0, lambda: None)
            for model, handle in HANDLERS.items()
        }
        by_name = {consumer.name: consumer for consumer in self._of.values()}
        store.awaken = lambda parked: by_name[parked.consumer].awaken(parked)

    def also(self, mongo: Mongo) -> "Letters":
        """The same in another process."""
        return Letters(replace(self.store, mongo=mongo, clock=SystemClock()))

    async def take(self, *events: Event) -> None:
        """Take events of one topic, in one batch."""
        (model,) = {type(event) for event in events}
        await self._of[model].take([record_of(event) for event in events])


def record_of(event: Event) -> Record[bytes, bytes]:
    """A record with the next offset."""
    entry, key = entry_of(event), str(getattr(event, "complaint_id", ""))
    envelope = Envelope(uuid4().hex, entry.type, "/test", key, SystemClock().now(), 1, "", "", "", event)
    headers, body = to_headers(envelope, entry), event.model_dump_json().encode()
    return Record(entry.topic, 0, next(_offsets), 0, 0, key.encode(), body, 0, 0, 0, tuple(headers))


def created(purse: str) -> ComplaintCreated:
    """The event that makes a purse."""
    return a_created(complaint_id=purse)


def paid(purse: str, amount: int) -> ComplaintClassified:
    """An event that needs the purse."""
    return ComplaintClassified(
        complaint_id=purse,
        number="C-2026-000001",
        category=str(amount),
        severity="minor",
        complexity="low",
        impact="low",
        immediate_action=False,
        confidence=1.0,
    )


def stamped(purse: str, other: str) -> ComplaintAssigned:
    """An event that needs two purses."""
    return ComplaintAssigned(complaint_id=purse, number=other, departments=[])
