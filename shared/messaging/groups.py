"""Where a consumer group stands, moved while nobody is in it: Kafka takes such a commit from outside only then."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, KafkaError

from shared.errors import Unavailable
from shared.language.i18n import _
from shared.messaging.kafka import AT_ONCE, WAIT, access, groupless_consumer
from shared.runtime.credentials import Brokers
from shared.runtime.settings import Settings

Places = dict[TopicPartition, int]

PATIENCE: Final = 10.0
"""Seconds for which a member that was killed still counts as there, and some."""
AGAIN: Final = 1.0


class StillConsuming(Exception):
    """Somebody is in the group."""

    text = _("{consumer} is being consumed: stop the processes of {service} with the role consumers, then try again.")

    def __init__(self, service: str, topic: str) -> None:
        self.inputs = {"consumer": f"{service}.{topic}", "service": service}
        super().__init__(self.text.format(**self.inputs))


async def position_when_empty(settings: Settings, service: str, topic: str) -> dict[int, int]:
    """How far a service has come on a topic, by partition, once nobody is in its group.

    Raises `StillConsuming`, `Unavailable`.
    """
    return await _commit(settings, service, topic, from_start=False)


async def rewind(settings: Settings, service: str, topic: str) -> None:
    """Have a service begin at the beginning of a topic that exists. Raises `StillConsuming`, `Unavailable`."""
    await _commit(settings, service, topic, from_start=True)


async def _commit(settings: Settings, service: str, topic: str, *, from_start: bool) -> dict[int, int]:
    """Commit the beginning, or what is committed already, as one who is in no group; returns it."""
    until, group = monotonic() + PATIENCE, settings.named(f"{service}.{topic}")
    try:
        begin = await _beginning(settings.brokers, settings.named(topic))
        async with _outsider(settings.brokers, group, begin) as consumer:
            while True:
                try:
                    wanted = begin if from_start else await _committed(consumer, begin)
                    await consumer.commit(wanted)
                    return {place.partition: offset for place, offset in wanted.items()}
                except CommitFailedError as error:
                    if monotonic() > until:
                        raise StillConsuming(service, topic) from error
                await asyncio.sleep(AGAIN)
    except (TimeoutError, KafkaError) as error:
        raise Unavailable(retry_after=5) from error


async def _beginning(brokers: Brokers, topic: str) -> Places:
    consumer = groupless_consumer(brokers, topic, fetching=AT_ONCE)
    try:
        async with asyncio.timeout(WAIT):
            await consumer.start()
            return dict(await consumer.beginning_offsets(list(consumer.assignment())))
    finally:
        await consumer.stop()


async def _committed(consumer: AIOKafkaConsumer, begin: Places) -> Places:
    known = {place: await consumer.committed(place) for place in begin}
    return {place: begin[place] if at is None else int(at) for place, at in known.items()}


@asynccontextmanager
async def _outsider(brokers: Brokers, group: str, places: Iterable[TopicPartition]) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(**access(brokers), group_id=group, enable_auto_commit=False, request_timeout_ms=10_000)
    try:
        async with asyncio.timeout(WAIT):
            await consumer.start()
        consumer.assign(list(places))
        yield consumer
    finally:
        await consumer.stop()
