"""An outbox whose relay sends to topics of its own, for tests of the relay."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from shared.contracts.issue import IssueGrew
from shared.db.client import Document, Mongo
from shared.db.commit import commit_many
from shared.db.member import Member
from shared.db.outbox import COLLECTION, UNSENT
from shared.db.store import Store
from shared.db.uow import Cause
from shared.messaging.kafka import TopicToMake, drop_topics, make_topics
from shared.messaging.relay import Relay
from shared.runtime.settings import Settings
from tests.integration.kernel.purse import put, store_on
from tests.integration.processes import until
from tests.integration.topics import Ear, Heard, hearing

TOPIC = IssueGrew.type


@dataclass
class Mail:
    """What is told by purses, on its way to Kafka."""

    store: Store
    settings: Settings
    ear: Ear

    def relay(self, holder: str = "one") -> Relay:
        """A relay of this outbox, not started."""
        settings = self.settings
        return Relay(self.store.mongo, settings.brokers, settings.namespace, "test", holder)

    async def tell(self, *purses: str) -> None:
        """Have each purse tell one more event."""
        for purse in purses:
            (outcome,) = await commit_many(self.store, [Member(Cause(uuid4().hex), partial(put, purse, 1))])
            assert outcome.error is None

    async def heard(self, key: str, sequence: int) -> Heard:
        """The event of a purse, once it is on the topic."""
        wanted = (key, str(sequence))
        return await self.ear.first(TOPIC, lambda heard: (heard.key, heard.said["ce_sequence"]) == wanted)

    def sequences(self, key: str) -> list[int]:
        """What was heard of a purse so far, in order, repetitions included."""
        return [int(heard.said["ce_sequence"]) for heard in self.ear.all if heard.key == key]

    async def rows(self) -> list[Document]:
        """The outbox."""
        return await self.store.mongo.find(COLLECTION, {}, sort=[("at", 1), ("sequence", 1)])

    async def change(self, purse: str, sequence: int, **fields: object) -> None:
        """Spoil or mend a row."""
        row = {"key": purse.encode(), "sequence": sequence}
        assert await self.store.mongo.update(COLLECTION, row, {"$set": fields}) == 1

    async def all_sent(self) -> None:
        """Wait until nothing is left to send."""

        async def nothing_left() -> bool:
            return not await self.store.mongo.count(COLLECTION, UNSENT)

        await until(nothing_left, "everything is sent")


@asynccontextmanager
async def mail(mongo: Mongo, settings: Settings) -> AsyncIterator[Mail]:
    """An outbox in a namespace of its own."""
    own = settings.model_copy(update={"namespace": f"m{uuid4().hex[:10]}-"})
    topic = own.named(TOPIC)
    await make_topics(own.brokers, [TopicToMake(topic, 1, {})], 1)
    async with hearing(own, TOPIC) as ear:
        yield Mail(await store_on(mongo), own, ear)
    await drop_topics(own.brokers, [topic])


@asynccontextmanager
async def running(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run relays, and stop them in order."""
    tasks = [asyncio.create_task(part) for part in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
