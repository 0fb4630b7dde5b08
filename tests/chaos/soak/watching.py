"""What a deployment holds and what it has still to do, looked at again and again while it works."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Final

from aiokafka.admin import AIOKafkaAdminClient

from deploy import registry
from shared.contracts.catalogue import entry_of
from shared.db.client import Mongo
from shared.db.outbox import COLLECTION as OUTBOX
from shared.db.outbox import UNSENT
from shared.messaging.kafka import groupless_consumer
from shared.runtime.settings import Settings
from tests.chaos.fleet import Fleet
from tests.chaos.place import SERVICES
from tests.chaos.stand import Stand

EVERY: Final = 10.0
MB: Final = 1024


@dataclass(frozen=True)
class Sample:
    """`at`: seconds since the first; `memory`: MB by process; `waiting`: how many events, by who is to take them or
    to send them; `oldest`: seconds for which the oldest event waits to be sent.
    """

    at: float
    memory: dict[str, float]
    waiting: dict[str, int]
    oldest: float


@asynccontextmanager
async def watched(stand: Stand, fleet: Fleet) -> AsyncIterator[list[Sample]]:
    """Look every ten seconds as long as the block lasts; the list grows meanwhile. A look that fails ends the block."""
    samples: list[Sample] = []
    async with asyncio.TaskGroup() as looking:
        watching = looking.create_task(_watch(stand, fleet, samples))
        yield samples
        watching.cancel()


async def _watch(stand: Stand, fleet: Fleet, samples: list[Sample]) -> None:
    begun, databases = monotonic(), [fleet.place.mongo(service) for service in SERVICES]
    pids = {post.name: post.served.process.pid for post in fleet.posts if post.served is not None}
    pids |= {"Kafka": stand.kafka.pid, "MongoDB": stand.mongo.pid}
    try:
        while True:
            memory = {name: own_memory(pid) for name, pid in pids.items()}
            rows = await asyncio.gather(*(_unsent(mongo) for mongo in databases))
            unsent = {f"{s}'s outbox": len(found) for s, found in zip(SERVICES, rows, strict=True)}
            waiting = unsent | await _untaken(fleet.place.settings)
            samples.append(Sample(monotonic() - begun, memory, waiting, _age(at for found in rows for at in found)))
            await asyncio.sleep(EVERY)
    finally:
        for mongo in databases:
            mongo.close()


def own_memory(pid: int) -> float:
    """MB that belong to a process alone and stand in no file: what mapped files take, the system takes back."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / MB for line in lines if line.startswith("Anonymous:"))


async def _unsent(mongo: Mongo) -> list[datetime]:
    return [row["at"] for row in await mongo.find(OUTBOX, UNSENT, fields={"at": 1})]


def _age(times: Iterable[datetime]) -> float:
    return max(((datetime.now(UTC) - at).total_seconds() for at in times), default=0.0)


async def _untaken(settings: Settings) -> dict[str, int]:
    """By consumer group, how far it is behind the end of its topic; the marks of transactions count, too."""
    groups = [f"{s}.{entry_of(on.model).topic}" for s in SERVICES for on in registry.service(s).takes]
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka)
    consumer = groupless_consumer(settings.brokers)
    await asyncio.gather(admin.start(), consumer.start())
    try:
        places = {group: await admin.list_consumer_group_offsets(settings.named(group)) for group in groups}
        ends = await consumer.end_offsets({place for each in places.values() for place in each})
        return {
            group: sum(ends[place] - said.offset for place, said in each.items() if said.offset >= 0)
            for group, each in places.items()
        }
    finally:
        await asyncio.gather(admin.close(), consumer.stop())
