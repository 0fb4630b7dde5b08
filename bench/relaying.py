"""The relay beside aiokafka's own transactional producer with the same records, in the same process, in turn.

The relay reads each row from MongoDB, as of one moment and in order, sends it, and marks it as sent there; the producer
has the rows in memory already. Both send a thousand in a transaction.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

from bench.events import complaint
from bench.figures import Figure, at_least
from bench.stand import Stand
from shared.contracts.catalogue import entry_of
from shared.contracts.cloudevents import to_headers
from shared.contracts.complaint import ComplaintCreated
from shared.contracts.envelope import Envelope
from shared.db.client import Mongo
from shared.db.outbox import COLLECTION, INDEXES, UNSENT
from shared.messaging.kafka import transactional_producer
from shared.messaging.relay import Relay
from shared.messaging.topics import create_topics
from shared.messaging.unsent import EVER, ROUND
from shared.runtime.collector import calm
from shared.runtime.ids import random_id
from shared.runtime.settings import Settings

MANY, ROUNDS = 20_000, 3
SETTLED: Final = 0.05

Row = dict[str, Any]
Cost = tuple[float, float]
"""Events a second, and CPU milliseconds of this process an event."""


async def measure(stand: Stand) -> list[Figure]:
    """Medians of several rounds."""
    settings = Settings(kafka=stand.kafka, mongo=stand.mongo, namespace=stand.env["CCMS_NAMESPACE"], mode="local")
    await create_topics(settings, ["intake"])
    mongo = Mongo(stand.mongo, "bench_relay")
    await mongo.ensure(COLLECTION, INDEXES)
    calm()  # as in every service
    relayed, plain = [], []
    for _ in range(ROUNDS):
        rows = [_row(n) for n in range(MANY)]
        relayed.append(await _relayed(settings, mongo, rows))
        plain.append(await _plain(settings, rows))
    await mongo.drop()
    mongo.close()
    (rate, cpu), (plain_rate, plain_cpu) = _middle(relayed), _middle(plain)
    return [
        at_least("events relayed, beside a transactional producer", rate, "/s", plain_rate, 0.5),
        Figure("CPU of the relay per event", cpu, "ms", plain_cpu),
    ]


def _middle(costs: Sequence[Cost]) -> Cost:
    return median(rate for rate, _ in costs), median(cpu for _, cpu in costs)


def _row(n: int) -> Row:
    entry, now = entry_of(ComplaintCreated), datetime.now(UTC)
    id, event = complaint(n)
    envelope = Envelope(random_id(), entry.type, "/intake", id, now, 1, id, "", "", event)
    place: Row = {"_id": envelope.id, "topic": entry.topic, "key": id.encode(), "sequence": 1, "at": now}
    return place | {"headers": to_headers(envelope, entry), "body": event.model_dump_json().encode(), **UNSENT}


async def _relayed(settings: Settings, mongo: Mongo, rows: Sequence[Row]) -> Cost:
    """From the first round that is marked to the last."""
    for start in range(0, len(rows), ROUND):
        await mongo.insert(COLLECTION, rows[start : start + ROUND])
    relay = Relay(mongo, settings.brokers, settings.namespace, "bench", random_id())
    cpu, running = process_time(), asyncio.create_task(relay.run())
    while await mongo.count(COLLECTION, UNSENT | EVER, limit=1):
        await asyncio.sleep(SETTLED)
    cpu = process_time() - cpu
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    marked = sorted([row["published_at"] for row in await mongo.find(COLLECTION, {}, fields={"published_at": 1})])
    await mongo.delete(COLLECTION, {})
    first = sum(at == marked[0] for at in marked)
    return (len(rows) - first) / (marked[-1] - marked[0]).total_seconds(), 1000 * cpu / len(rows)


async def _plain(settings: Settings, rows: Sequence[Row]) -> Cost:
    producer = transactional_producer(settings.brokers, f"{settings.namespace}plain")
    await producer.start()
    begun, cpu = perf_counter(), process_time()
    for start in range(0, len(rows), ROUND):
        async with producer.transaction():
            sent = [
                await producer.send(
                    settings.named(row["topic"]), row["body"], key=row["key"], headers=list(row["headers"])
                )
                for row in rows[start : start + ROUND]
            ]
            await asyncio.gather(*sent)
    seconds, cpu = perf_counter() - begun, process_time() - cpu
    await producer.stop()
    return len(rows) / seconds, 1000 * cpu / len(rows)
