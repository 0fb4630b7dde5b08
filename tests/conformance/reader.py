"""One consumer of one service on a real database, and questions about what became of its records."""

from collections.abc import Sequence
from dataclasses import dataclass

from deploy import registry
from shared.contracts.catalogue import Entry, entry_of
from shared.contracts.cloudevents import from_record
from shared.db.aggregate import Document
from shared.db.store import Store
from shared.messaging.consumer import Consumer
from shared.messaging.subscriptions import Subscriptions
from shared.runtime.settings import Settings
from shared.testing.golden import Golden, fresh
from tests.conformance.records import Headers, Record, record_of

CONSUMERS = [(name, entry_of(on.model)) for name in registry.MODULES for on in registry.service(name).takes]
"""Every service with every topic that it reads: the suite is run for each."""

NOT_EFFECTS = {"inbox", "waiting", "numbers", "schema", "leases"}


def marker(consumer: Consumer, entry: Entry, headers: Headers, value: bytes | None) -> str:
    """The id under which a consumer remembers an event."""
    return consumer.cause(from_record(entry, headers, value)).id


@dataclass(frozen=True)
class Reader:
    """What a test of the suite works with."""

    store: Store
    settings: Settings
    entry: Entry
    consumer: Consumer

    def with_limit(self, most: int) -> Consumer:
        """The same consumer, which stops at fewer dead letters."""
        few = self.settings.model_copy(update={"dead_letter_limit": most})
        service = registry.service(self.store.service)
        return Subscriptions(service.takes, self.store, few, lambda: None).consumer(self.consumer.name)

    def event(self) -> Golden:
        """The golden example under new ids."""
        return fresh(self.entry)

    def record(self, event: Golden | None = None) -> Record:
        """A record of an event, by default of the golden example."""
        return record_of(self.entry.topic, event or self.event())

    async def is_done(self, *records: Record) -> bool:
        """Whether every record was handled or parked, and none became a dead letter."""
        ids = [marker(self.consumer, self.entry, r.headers, r.value) for r in records]
        there = await self.store.mongo.count("inbox", {"_id": {"$in": ids}})
        return there == len(set(ids)) and not await self.letters(records)

    async def letters(self, records: Sequence[Record]) -> list[Document]:
        """The dead letters of these records."""
        places = [r.offset for r in records]
        query = {"consumer": self.consumer.name, "offset": {"$in": places}}
        return await self.store.mongo.find("dead_letters", query)

    async def effects(self) -> dict[str, set[tuple[str, int]]]:
        """Ids and versions of everything that was stored or told."""
        found: dict[str, set[tuple[str, int]]] = {}
        for name in await self.store.mongo.collections():
            if name not in NOT_EFFECTS and not name.startswith("system."):
                rows = await self.store.mongo.find(name, {}, fields={"version": 1})
                found[name] = {(row["_id"], row.get("version", 0)) for row in rows}
        return found
