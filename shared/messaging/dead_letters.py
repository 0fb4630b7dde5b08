"""Dead letters: listed, shown, fixed and handled again, or dropped; each decision once."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.cloudevents import from_record
from shared.db.commit import commit_many
from shared.db.member import INBOX, Member
from shared.db.newest import behind, newest
from shared.db.parking import DeadLetter, Parked
from shared.db.stops import Stop, stops
from shared.db.store import Handle, Store
from shared.db.uow import Cause, Uow
from shared.errors import Conflict, NotFound
from shared.language.i18n import _
from shared.messaging.burial import SEALED_FOR
from shared.messaging.consumer import Consumer
from shared.messaging.subscriptions import Subscriptions
from shared.runtime.ids import random_id

STATES = ("open", "replayed", "dropped")


class Decided(Conflict):
    """The letter was replayed or dropped before."""

    text = _("This dead letter was decided before.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A parked record: what it waits for and since when."""

    id: str
    consumer: str
    waits_for: str
    parked_at: datetime


class DeadLetters:
    """The dead letters of one service, and the records that are parked."""

    def __init__(self, store: Store, subscriptions: Subscriptions) -> None:
        self._store, self._subscriptions = store, subscriptions

    async def page(self, state: str, limit: int, after: tuple[datetime, str] | None = None) -> list[DeadLetter]:
        """Letters in a state, newest first."""
        query = {"state": state} | behind("dead_at", after)
        rows = await self._store.mongo.find(DeadLetter.collection, query, sort=newest("dead_at"), limit=limit)
        return [DeadLetter.from_document(row) for row in rows]

    async def parked(self, limit: int) -> list[Waiting]:
        """Records that wait, the oldest first."""
        rows = await self._store.mongo.find(Parked.collection, {}, sort=[("parked_at", 1)], limit=limit)
        return [Waiting(r["_id"], r["consumer"], r["waits_for"], r["parked_at"]) for r in rows]

    async def stops(self) -> list[Stop]:
        """Consumers that stand still because too many records failed at once."""
        return await stops(self._store.mongo)

    async def one(self, id: str) -> DeadLetter:
        """A letter; raises `NotFound`."""
        rows = await self._store.mongo.find(DeadLetter.collection, {"_id": id})
        if not rows:
            raise NotFound("id")
        return DeadLetter.from_document(rows[0])

    async def drop(self, id: str) -> None:
        """Decide that the record is not needed. Raises `Decided`."""

        async def handle(uow: Uow) -> None:
            _decide(await uow.need(DeadLetter, id), "dropped", uow)

        await self._commit(handle, Cause(f"drop:{id}:{random_id()}"))

    async def replay(self, id: str, body: bytes | None = None) -> None:
        """Handle the record again, with another body if given; raises what its handler raises, and it stays open."""
        letter = await self.one(id)
        consumer: Consumer = self._subscriptions.consumer(letter.consumer)
        entry = CATALOGUE[letter.topic]
        content = body if body is not None else self.content(letter)
        envelope = from_record(entry, letter.headers, content)
        run = consumer.handling(envelope)

        async def handle(uow: Uow) -> None:
            _decide(await uow.need(DeadLetter, id), "replayed", uow)
            await run(uow)

        await self._commit(handle, consumer.cause(envelope, f"replay:{id}:{random_id()}"))

    def content(self, letter: DeadLetter) -> bytes | None:
        """The record's original value, unsealed."""
        if letter.sealed and letter.body is not None:
            return self._store.vault.open(letter.body, SEALED_FOR)
        return letter.body

    async def _commit(self, handle: Handle, cause: Cause) -> None:
        (outcome,) = await commit_many(self._store, [Member(cause, handle, INBOX)])
        if outcome.error is not None:
            raise outcome.error


def _decide(letter: DeadLetter, state: str, uow: Uow) -> None:
    if letter.state != "open":
        raise Decided("id")
    letter.state, letter.decided_at = state, uow.now
