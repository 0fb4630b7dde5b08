"""From a POST to its alarm on an open page, at 100 requests a second, beside the bare commits and hops on that way.

One request in ten is grave and about a product of its own, so that alerts opens an issue and escalates it; the others
are ordinary. The way has two commits (intake's, alerts') and two hops over Kafka (`complaint.created`,
`issue.escalated`); the same are measured bare, one at a time, before and after.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from statistics import median
from time import perf_counter
from typing import Final

import orjson
from aiokafka import AIOKafkaProducer
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo.write_concern import WriteConcern

from bench.company import Served, company, signed_in
from bench.figures import Figure, at_most
from bench.filing import BODIES
from bench.load import request
from bench.pace import Answered, pace
from bench.stand import Stand
from services.alerts.domain.case import Case
from shared.db.client import Mongo
from shared.messaging.kafka import TopicToMake, groupless_consumer, make_topics, transactional_producer
from shared.runtime.credentials import Brokers
from shared.runtime.settings import Settings

RATE, SECONDS, WARM = 100.0, 30.0, 10.0
GRAVE: Final = "전기장판에서 불이 나 손에 화상을 입었어요. 병원에 다녀왔습니다."
EACH: Final = 10
BARE: Final = 100
PATIENCE: Final = 20.0
WAY: Final = "/api/intake/v1/complaints"


async def measure(stand: Stand) -> list[Figure]:
    """A warm-up, then the measured half minute; whatever does not arrive fails the run."""
    settings = Settings(kafka=stand.kafka, mongo=stand.mongo, namespace=stand.env["CCMS_NAMESPACE"], mode="local")
    with company(stand) as services:
        bare = await _bare(stand, settings)
        async with _page(services["alerts"], signed_in(stand, "p-027")) as seen:
            await pace(services["intake"].port, partial(complaint, "W", stand.key), RATE, WARM)
            answered = await pace(services["intake"].port, partial(complaint, "M", stand.key), RATE, SECONDS)
            ways = await _ways(answered, seen, Mongo(stand.mongo, settings.named("ccms_alerts")))
        bare = [(one + other) / 2 for one, other in zip(bare, await _bare(stand, settings), strict=True)]
    commit, hop = bare
    filed = sorted(1000 * each.seconds for each in answered)
    return [
        Figure("bare commit, p50", commit, "ms"),
        Figure("bare hop over Kafka, p50", hop, "ms"),
        Figure("POST at 100/s, p50", _at(filed, 0.5), "ms"),
        Figure("POST at 100/s, p99", _at(filed, 0.99), "ms"),
        _limited("POST to the alarm on a page, p50", _at(ways, 0.5), 60, 2 * (commit + hop)),
        _limited("POST to the alarm on a page, p99", _at(ways, 0.99), 150, 2 * (commit + hop)),
    ]


def _limited(name: str, value: float, limit: float, baseline: float) -> Figure:
    plain = at_most(name, value, "ms", limit)
    return Figure(plain.name, plain.value, plain.unit, baseline, plain.wanted, plain.holds)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def complaint(run: str, key: str, n: int) -> bytes:
    """The POST of the n-th complaint of a run."""
    grave = n % EACH == 0
    product = {"code": f"{run}-{n}" if grave else f"P-{n % 40}", "name": "전기장판"}
    return request(WAY, orjson.dumps({"body": GRAVE if grave else BODIES[n % len(BODIES)], "product": product}), key)


@asynccontextmanager
async def _page(alerts: Served, cookies: dict[str, str]) -> AsyncIterator[dict[str, float]]:
    """A browser's open page: when it heard first of the escalation of each issue."""
    reader, writer = await asyncio.open_connection("127.0.0.1", alerts.port)
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    writer.write(
        f"GET /api/alerts/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
        f"Cookie: {cookie}\r\n\r\n".encode()
    )
    if b" 200 " not in await reader.readline():
        raise RuntimeError("the stream does not open")
    seen: dict[str, float] = {}
    listening = asyncio.create_task(_listen(reader, seen))
    try:
        yield seen
    finally:
        listening.cancel()
        writer.close()


async def _listen(reader: asyncio.StreamReader, seen: dict[str, float]) -> None:
    async for line in reader:
        if line.startswith(b"data: ") and b"issue.escalated" in line:
            seen.setdefault(orjson.loads(line[6:])["id"], perf_counter())


async def _ways(answered: list[Answered], seen: dict[str, float], alerts: Mongo) -> list[float]:
    """Milliseconds of each grave complaint, in order; raises when one was refused or never heard of."""
    if wrong := [each.status for each in answered if each.status != 201]:
        raise RuntimeError(f"{len(wrong)} were refused: {wrong[0]}")
    sent = {orjson.loads(each.body)["id"]: each.due for each in answered[::EACH]}
    until = perf_counter() + PATIENCE
    while perf_counter() < until:
        rows = await alerts.find(Case.collection, {"_id": {"$in": list(sent)}}, fields={"issue_id": 1})
        if len(rows) == len(sent) and all(row["issue_id"] in seen for row in rows):
            return sorted(1000 * (seen[row["issue_id"]] - sent[row["_id"]]) for row in rows)
        await asyncio.sleep(0.2)
    raise TimeoutError("not every alarm arrived")


async def _bare(stand: Stand, settings: Settings) -> list[float]:
    """Milliseconds of a transaction of two inserts, and of a record from a transaction to a reader."""
    return [median(await _commits(stand)), median(await _hops(settings.brokers, settings.named("bench.hops")))]


async def _commits(stand: Stand) -> list[float]:
    client: AsyncIOMotorClient[dict[str, object]] = AsyncIOMotorClient(stand.mongo)
    database = client.get_database("bench_commits", write_concern=WriteConcern(w="majority", j=True))
    taken = []
    for n in range(BARE):
        begun = perf_counter()
        async with await client.start_session() as session, session.start_transaction():
            await database.one.insert_one({"text": GRAVE, "n": n}, session=session)
            await database.other.insert_one({"text": GRAVE, "n": n}, session=session)
        taken.append(1000 * (perf_counter() - begun))
    client.close()
    return taken


async def _hops(brokers: Brokers, topic: str) -> list[float]:
    await make_topics(brokers, [TopicToMake(topic, 1, {})], 1)
    consumer, producer = groupless_consumer(brokers, topic, latest=True), transactional_producer(brokers, topic)
    await consumer.start()
    await producer.start()
    try:
        for place in consumer.assignment():
            await consumer.position(place)
        return [await _hop(producer, topic, consumer.getone) for _ in range(BARE)]
    finally:
        await producer.stop()
        await consumer.stop()


async def _hop(producer: AIOKafkaProducer, topic: str, heard: object) -> float:
    begun = perf_counter()
    async with producer.transaction():
        await producer.send_and_wait(topic, GRAVE.encode(), key=b"one")
    await heard()  # type: ignore[operator]
    return 1000 * (perf_counter() - begun)
