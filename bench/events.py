"""Events through alerts with their effects in MongoDB exactly once, beside FastStream taking one record at a time."""

import asyncio
import subprocess
import time
from datetime import UTC, datetime
from uuid import uuid4

from bench.figures import Figure, at_least, at_most
from bench.processes import cpu_seconds, free_port, memory_mb, process, wait_for
from bench.stand import Stand
from shared.contracts.catalogue import entry_of
from shared.contracts.cloudevents import to_headers
from shared.contracts.complaint import ComplaintCreated
from shared.contracts.envelope import Envelope
from shared.db.client import Mongo
from shared.messaging.kafka import plain_producer
from shared.messaging.topics import create_topics
from shared.runtime.settings import Settings

MANY, FEW = 30_000, 3_000
PRODUCTS = 200
TEXTS = (
    "배송이 늦었어요",
    "맛이 이상합니다",
    "전원이 켜지지 않아요",
    "환불이 안 됩니다",
    "포장이 찢어졌어요",
)


def complaint(n: int) -> tuple[str, ComplaintCreated]:
    """One of many complaints about many products."""
    id, now = uuid4().hex, datetime.now(UTC)
    return id, ComplaintCreated(
        complaint_id=id,
        number=f"C-2026-{n:06d}",
        kind="complaint",
        channel="web",
        title="제품",
        body=f"{TEXTS[n % len(TEXTS)]}. 확인 부탁드립니다.",
        language="ko",
        product_code=f"P-{n % PRODUCTS}",
        product_name="제품",
        category="delivery",
        category_name={"ko": "배송", "en": "Delivery"},
        severity="minor",
        knowledge_at=now,
        filed_at=now,
    )


async def produce(settings: Settings, topic: str, count: int) -> None:
    """Put complaints on a topic."""
    entry = entry_of(ComplaintCreated)
    producer = plain_producer(settings.brokers)
    await producer.start()
    try:
        sent = []
        for n in range(count):
            id, event = complaint(n)
            now = datetime.now(UTC)
            envelope = Envelope(uuid4().hex, entry.type, "/bench", id, now, 1, id, "", "", event)
            body = event.model_dump_json().encode()
            sent.append(await producer.send(topic, body, key=id.encode(), headers=to_headers(envelope, entry)))
        await asyncio.gather(*sent)
    finally:
        await producer.stop()


async def until(mongo: Mongo, collection: str, count: int, started: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Seconds from the first row to the last, and CPU seconds of the process meanwhile."""
    while not (first := await mongo.count(collection, {})):
        await asyncio.sleep(0.01)
    begun, cpu = time.perf_counter(), cpu_seconds(started.pid)
    while await mongo.count(collection, {}) < count:
        await asyncio.sleep(0.05)
    share = (count - first) / count
    return (time.perf_counter() - begun) / share, (cpu_seconds(started.pid) - cpu) / share


async def measure(stand: Stand) -> list[Figure]:
    """Ours on a full topic, then the plain way on the same kind of topic."""
    settings = Settings(kafka=stand.kafka, mongo=stand.mongo, namespace=stand.env["CCMS_NAMESPACE"], mode="local")
    await create_topics(settings, ["intake", "alerts"])
    await produce(settings, settings.named("complaint.created"), MANY)
    port = free_port()
    serve = (
        "-m",
        "deploy.cli",
        "serve",
        "alerts",
        "--roles",
        "consumers,jobs",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    )
    mongo = Mongo(stand.mongo, settings.named("ccms_alerts"))
    with process(*serve, env=stand.env) as started:
        wait_for(f"http://127.0.0.1:{port}/ready")
        seconds, cpu = await until(mongo, "cases", MANY, started)
        memory = memory_mb(started.pid)
    plain = await _plain(stand, settings)
    return [
        at_least("events through alerts, one at a time as baseline", MANY / seconds, "/s", plain, 8),
        Figure("CPU of alerts per event", 1000 * cpu / MANY, "ms"),
        at_most("memory of alerts under load", memory, "MB", 250),
    ]


async def _plain(stand: Stand, settings: Settings) -> float:
    await produce(settings, settings.named("complaint.assigned"), FEW)
    mongo = Mongo(stand.mongo, "bench_events")
    env = {**stand.env, "BENCH_TOPIC": settings.named("complaint.assigned"), "BENCH_DATABASE": "bench_events"}
    with process("-m", "bench.one_by_one", env=env) as started:
        seconds, _ = await until(mongo, "cases", FEW, started)
    return FEW / seconds
