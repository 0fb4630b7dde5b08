"""All consumers of one service on one FastStream broker."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from shared.contracts.catalogue import entry_of
from shared.db.parking import Parked
from shared.db.store import Awakened, Store
from shared.messaging.broker import broker
from shared.messaging.consumer import Consumer, On
from shared.messaging.failure import DeadLetterLimit
from shared.messaging.subscription import Subscription
from shared.obs.log import logger
from shared.runtime.settings import Settings


class Subscriptions:
    """Starts, watches and stops the consumers of a service, and awakens their parked records."""

    def __init__(
        self, consumers: Sequence[On], store: Store, settings: Settings, committed: Callable[[], None]
    ) -> None:
        self._store, self._settings, self._ons = store, settings, consumers
        self._broker = broker(settings.brokers)
        self._tasks: list[asyncio.Task[None]] = []
        self._consumers = {c.name: c for c in (self._consumer(on, committed) for on in consumers)}
        self.all: list[Subscription] = []
        store.awaken = self._awaken

    def _consumer(self, on: On, committed: Callable[[], None]) -> Consumer:
        settings = self._settings
        limit = DeadLetterLimit(settings.dead_letter_limit, settings.dead_letter_window)
        patience = settings.transient_patience
        return Consumer(self._store, entry_of(on.model), on.handle, limit, patience, committed, on.concerns)

    def consumer(self, name: str) -> Consumer:
        """The consumer `<service>.<topic>`; `KeyError` when there is none."""
        return self._consumers[name]

    def _awaken(self, parked: Parked) -> Awakened:
        return self._consumers[parked.consumer].awaken(parked)

    async def start(self) -> None:
        """Begin to join all groups at once, as soon as Kafka is there."""
        if not self._consumers:
            return
        settings = self._settings
        for on, consumer in zip(self._ons, self._consumers.values(), strict=True):
            topic, group = settings.named(consumer.topic), settings.named(consumer.name)
            self.all.append(Subscription(self._broker, consumer, topic, group, settings.batch, unhurried=on.unhurried))
        await self._broker.connect()
        # Joining waits until members that died without a word are given up: requests need not wait for that.
        self._tasks = [asyncio.create_task(subscription.watch()) for subscription in self.all]
        logger.info("consumers.started", service=self._store.service, count=len(self.all))

    async def stop(self) -> None:
        """Leave all groups; what was not committed comes again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *(s.stop() for s in self.all), return_exceptions=True)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(self._broker.stop(), return_exceptions=True), 5)
