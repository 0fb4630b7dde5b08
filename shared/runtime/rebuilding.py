"""`ccms rebuild SERVICE`: what follows from topics is made again from them, in a place apart, and carried over.

The service's own consumers read its topics from the beginning into an empty database beside the service's. Nothing runs
there but they: no relay sends what they tell, no timer fires, no page shows it. Then the rows of the collections that
the manifest calls derived are compared with the service's own, and mended where they differ. So what is cut off
anywhere is begun again from the start, and nothing that people entered is taken away.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from shared.contracts.catalogue import Entry, entry_of
from shared.contracts.cloudevents import Unreadable, from_record
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.db.aggregate import Document
from shared.db.client import Mongo
from shared.db.commit import commit_many
from shared.db.member import INBOX, Member
from shared.db.past import lost_among
from shared.db.schema import prepare
from shared.db.store import Store
from shared.db.uow import Cause, Uow
from shared.db.wants import Want
from shared.messaging.groups import position_when_empty
from shared.messaging.kafka import topics_there
from shared.messaging.reading import Raw, read_through
from shared.messaging.subscriptions import Subscriptions
from shared.runtime import crash
from shared.runtime.derived import Derived
from shared.runtime.ids import random_id
from shared.runtime.process import Running
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.search.place import forget

BESIDE: Final = "_rebuild"
"""Behind the name of the service's database, that of the one beside it."""
PART: Final = 100
UNHURRIED: Final = 30.0
"""Seconds for a write: nobody waits for it."""
NO_LIMIT: Final = 10**9


@dataclass
class Figures:
    """What a rebuild did: events read, rows mended by collection, rows that no topic tells of any more and that stay as
    they are, rows that were counted anew.
    """

    read: int = 0
    mended: dict[str, int] = field(default_factory=dict)
    untold: dict[str, int] = field(default_factory=dict)
    settled: int = 0


class Rebuilding:
    """One rebuild of one service, whose consumers do not run meanwhile."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self._service, self._settings = service, settings
        self._running = Running(service, settings, roles=())
        self.live: Store = replace(self._running.store, deadline=UNHURRIED)
        self._beside = Mongo(settings.mongo_url, f"{self.live.mongo.name}{BESIDE}")
        self.told: Store = replace(self.live, mongo=self._beside)
        self._run = random_id()
        self._there: set[str] = set()
        self.figures = Figures()

    async def run(self) -> Figures:
        """Do all of it. Raises `StillConsuming`, `Unavailable`, `StoreError`."""
        try:
            await prepare(self.live.mongo, self._service.models, self._service.steps)
            await self._running.follower.refresh()
            self._there = await topics_there(self._settings.brokers)
            positions = {topic: await self._position(topic) for topic in self._topics()}
            await self._read_all(positions)
            crash.point("rebuild.read")
            for derived in self._service.remade:
                await self._carry_over(derived)
            if self._service.settle is not None:
                self.figures.settled = await self._service.settle(self)
            await self._beside.drop()
            if self._settings.index is not None:
                forget(self._settings.index, self.live.mongo.name)
            return self.figures
        finally:
            self._beside.close()
            self.live.mongo.close()

    def _topics(self) -> list[str]:
        """Topics to read, those first that say what is to be forgotten."""
        told = {model for derived in self._service.remade for model in derived.told_by}
        return reading_order([entry_of(on.model) for on in self._service.takes], {entry_of(m).topic for m in told})

    async def _position(self, topic: str) -> dict[int, int]:
        """How far the service has come on a topic; also sees to it that it does not go on meanwhile."""
        if self._settings.named(topic) not in self._there:
            return {}
        return await position_when_empty(self._settings, self._service.name, topic)

    async def _read_all(self, positions: dict[str, dict[int, int]]) -> None:
        """Have the service's consumers take, beside it, what the service itself has taken."""
        await self._beside.drop()
        await prepare(self._beside, self._service.models, self._service.steps)
        settings = self._settings.model_copy(update={"dead_letter_limit": NO_LIMIT})
        consumers = Subscriptions(self._service.takes, self.told, settings, lambda: None)
        for topic, position in positions.items():
            consumer = consumers.consumer(f"{self._service.name}.{topic}")
            async for records in self._records(topic):
                taken = await self._taken(consumer.name, records, position)
                await consumer.take(taken)
                self.figures.read += len(taken)

    async def _records(self, topic: str) -> AsyncIterator[list[Raw]]:
        """A topic from its beginning, without what tells of writes that a restore has lost."""
        if self._settings.named(topic) not in self._there:
            return
        async for records in read_through(self._settings.brokers, self._settings.named(topic)):
            lost = await lost_among(self.live.mongo, [_id_of(record) for record in records])
            yield [record for record in records if _id_of(record) not in lost]

    async def _taken(self, consumer: str, records: Sequence[Raw], position: dict[int, int]) -> list[Raw]:
        """Those that the service has taken: the others come to it by themselves, with all that follows from them."""
        open_ = {f"{consumer}:{_id_of(r)}": r for r in records if r.offset >= position.get(r.partition, 0)}
        rows = await self.live.mongo.find(INBOX, {"_id": {"$in": list(open_)}}, fields={"_id": 1}) if open_ else []
        known = {row["_id"] for row in rows}
        left_out = [id(record) for name, record in open_.items() if name not in known]
        return [record for record in records if id(record) not in left_out]

    async def _carry_over(self, derived: Derived) -> None:
        """Mend the service's own rows of one collection, a part in a transaction."""
        name, mended, seen = derived.model.collection, 0, 0
        after = ""
        while rows := await self._beside.find(name, {"_id": {"$gt": after}}, sort=[("_id", 1)], limit=PART):
            mended += await self._mend(derived, rows, f"rebuild:{self._run}:{name}:{rows[0]['_id']}")
            crash.point("rebuild.mended")
            seen, after = seen + len(rows), rows[-1]["_id"]
        self.figures.mended[name] = mended
        self.figures.untold[name] = await self.live.mongo.count(name, {}) - seen

    async def _mend(self, derived: Derived, rows: Sequence[Document], cause: str) -> int:
        async def mend(uow: Uow) -> int:
            await uow.fetch(*(Want(derived.model, "_id", row["_id"]) for row in rows))
            return sum([await derived.mend(derived.model.from_document(row), uow) for row in rows])

        (outcome,) = await commit_many(self.live, [Member(Cause(cause), mend)])
        if outcome.error is not None:
            raise outcome.error
        return int(outcome.result or 0)  # none when the answer to its commit was lost

    async def read(self, model: type[Event]) -> AsyncIterator[Envelope]:
        """The events of a topic from its beginning, without those that nobody can read."""
        entry = entry_of(model)
        async for records in self._records(entry.topic):
            for record in records:
                try:
                    yield from_record(entry, record.headers, record.value)
                except Unreadable:
                    continue


def reading_order(takes: Sequence[Entry], wanted: set[str]) -> list[str]:
    """The topics that are read: what erases always and first, then what is wanted."""
    first = [entry.topic for entry in takes if entry.erases]
    return [*first, *(entry.topic for entry in takes if entry.topic in wanted and not entry.erases)]


def _id_of(record: Raw) -> str:
    said: dict[str, Any] = dict(record.headers)
    return (said.get("ce_id") or b"").decode(errors="replace")
