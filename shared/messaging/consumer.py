"""One consumer: batches of a topic through `commit_many`, dead letters aside, offsets last."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from shared.contracts.catalogue import Entry
from shared.contracts.cloudevents import Unreadable, from_record
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.db.commit import commit_many
from shared.db.member import INBOX, Member, Outcome
from shared.db.parking import Parked
from shared.db.stops import Stop, forget_stop, note_stop
from shared.db.store import Awakened, Handle, Store
from shared.db.uow import Cause, Uow
from shared.errors import Unavailable
from shared.messaging.burial import Raw, as_it_came, dead_letter
from shared.messaging.failure import DeadLetterLimit, Patience
from shared.messaging.tracing import taking
from shared.obs import metrics
from shared.obs.context import following
from shared.obs.log import logger
from shared.runtime import crash
from shared.runtime.ids import derived_id

Handler = Callable[[Any, Any], Awaitable[Any]]
Concerns = Callable[[Any], bool]
SMALLEST = 20
"""Records into which a batch is cut at most: so many pass in time on any machine."""


@dataclass(frozen=True, slots=True)
class On:
    """A topic's event and the handler that takes it: one line of a service's `consumers.py`.

    What is `unhurried` is taken in larger batches, up to a fifth of a second later: for what nobody waits for and comes
    as often as complaints do.
    """

    model: type[Event]
    handle: Handler
    concerns: Concerns
    unhurried: bool = False


def every(_: Any) -> bool:
    """Each event concerns the consumer."""
    return True


def on(model: type[Event], handle: Handler, concerns: Concerns = every, *, unhurried: bool = False) -> On:
    """`on(ComplaintCreated, weigh_complaint)`. What does not concern the consumer is passed over, unrecorded."""
    return On(model, handle, concerns, unhurried)


class Consumer:
    """Takes batches of one topic for one service."""

    def __init__(
        self,
        store: Store,
        entry: Entry,
        handle: Handler,
        limit: DeadLetterLimit,
        patience: float,
        committed: Callable[[], None],
        concerns: Concerns = every,
    ) -> None:
        self._store, self._entry, self._handle = store, entry, handle
        self._limit, self._patience, self._committed = limit, patience, committed
        self._concerns = concerns
        self.name, self.topic = f"{store.service}.{entry.topic}", entry.topic
        metrics.DEAD_LETTERS.labels(self.name)  # from nothing to one is growth, from nowhere to one is none

    async def take(self, records: Sequence[Raw]) -> None:
        """Have every record of a batch done, parked, or among the dead letters.

        Raises `Unavailable` when the database stayed away, `TooManyDeadLetters` when the limit is reached: the
        offsets are then not committed.
        """
        started = monotonic()
        readable, failed = self._read(records)
        readable = [(record, envelope) for record, envelope in readable if self._concerns(envelope.data)]
        with taking(self.name, readable) as taken:
            outcomes = await self._commit([self._member(record, envelope) for record, envelope in taken])
        failed += [(r, o.error) for (r, _), o in zip(readable, outcomes, strict=True) if o.error is not None]
        if failed := await self._not_buried(failed):
            crash.point("consumer.before_dead")
            self._limit.check(len(failed))
            await self._commit([self._dead(record, error) for record, error in failed])
            self._limit.count(len(failed))
        self._committed()
        self._tell(outcomes, len(failed), monotonic() - started)

    async def _not_buried(self, failed: list[tuple[Raw, Exception]]) -> list[tuple[Raw, Exception]]:
        """Those that are not among the dead letters yet: a batch that comes again counts once."""
        if not failed:
            return []
        ids = [self._cause_of(record).id for record, _ in failed]
        rows = await self._store.mongo.find(INBOX, {"_id": {"$in": ids}}, fields={"_id": 1})
        known = {row["_id"] for row in rows}
        return [each for each, id in zip(failed, ids, strict=True) if id not in known]

    async def _commit(self, members: list[Member]) -> list[Outcome]:
        """All at once; in smaller parts when the database did not get through in time, or no try ever would."""
        patience, size, outcomes = Patience(self._patience), len(members), list[Outcome]()
        while part := members[len(outcomes) : len(outcomes) + size]:
            try:
                outcomes += await self._commit_together(part)
            except Unavailable as error:
                await patience.wait(error)
                size = max(size // 2, SMALLEST)
        return outcomes

    async def _commit_together(self, members: list[Member]) -> list[Outcome]:
        async with self._store.turn:
            outcomes = await commit_many(self._store, members)
        for outcome in outcomes:
            if isinstance(outcome.error, Unavailable):
                raise outcome.error
        return outcomes

    async def has_stopped(self, because: str) -> None:
        """Note that it stands still, until it `runs` again."""
        await note_stop(self._store.mongo, Stop(self.name, self._store.clock.now(), because))

    async def runs(self) -> None:
        """It has joined its group."""
        await forget_stop(self._store.mongo, self.name)

    def _read(self, records: Sequence[Raw]) -> tuple[list[tuple[Raw, Envelope]], list[tuple[Raw, Exception]]]:
        """The events of a batch, and the records that are none."""
        readable: list[tuple[Raw, Envelope]] = []
        unreadable: list[tuple[Raw, Exception]] = []
        for record in records:
            try:
                readable.append((record, from_record(self._entry, record.headers, record.value)))
            except Unreadable as error:
                unreadable.append((record, error))
        return readable, unreadable

    def _member(self, record: Raw, envelope: Envelope) -> Member:
        return Member(
            self.cause(envelope),
            self.handling(envelope),
            INBOX,
            park=lambda key: self._park(record, envelope, key),
        )

    def handling(self, envelope: Envelope) -> Handle:
        """The handler with its event."""
        return lambda uow: self._handle(envelope.data, uow)

    def cause(self, envelope: Envelope, marker: str | None = None) -> Cause:
        """The event as a cause, under its inbox id or another marker."""
        return Cause(
            marker or self._inbox_id(envelope),
            event_id=envelope.id,
            sequence=envelope.sequence,
            source=envelope.source,
            correlation_id=envelope.correlation_id,
            traceparent=envelope.traceparent,
            told_at=None if marker or self._entry.command else envelope.time,  # a sender may have any clock
        )

    def _park(self, record: Raw, envelope: Envelope, key: str) -> Parked:
        now = self._store.clock.now()
        return Parked(
            id=self._inbox_id(envelope),
            waits_for=key,
            parked_at=now,
            **as_it_came(self.name, self._entry.topic, record),
        )

    def _inbox_id(self, envelope: Envelope) -> str:
        """`<consumer>:<event id>`; for a command with its source, because senders choose ids without each other."""
        if self._entry.command:
            return f"{self.name}:{derived_id(envelope.source, envelope.id)}"
        return f"{self.name}:{envelope.id}"

    def awaken(self, parked: Parked) -> Awakened:
        """A parked record, to be handled now that its prerequisite is there."""
        envelope = from_record(self._entry, parked.headers, parked.body)
        return Awakened(self.cause(envelope), self.handling(envelope))

    def _dead(self, record: Raw, error: Exception) -> Member:
        made, cause = dead_letter(self._store, self.name, self._entry, record, error), self._cause_of(record)
        metrics.DEAD_LETTERS.labels(self.name).inc()
        with following(cause.correlation_id, cause.traceparent):
            logger.error("consumer.dead_letter", consumer=self.name, letter=made.id, error=made.error)

        async def bury(uow: Uow) -> None:
            uow.add(made.model_copy())

        return Member(cause, bury, INBOX)

    def _cause_of(self, record: Raw) -> Cause:
        """Of a record that failed: its event, or its place if it holds none."""
        try:
            return self.cause(from_record(self._entry, record.headers, record.value))
        except Unreadable:
            return Cause(f"{self.name}:{record.partition}:{record.offset}")

    def _tell(self, outcomes: Sequence[Outcome], failed: int, seconds: float) -> None:
        again = sum(o.done is not None for o in outcomes)
        metrics.CONSUMED.labels(self.name, "done").inc(sum(o.done is None and o.error is None for o in outcomes))
        metrics.CONSUMED.labels(self.name, "again").inc(again)
        metrics.CONSUMED.labels(self.name, "dead").inc(failed)
        metrics.BATCH_SECONDS.labels(self.name).observe(seconds)
