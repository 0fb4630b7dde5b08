"""Memory of each service as a process of its own, at rest and with complaints coming in; what they leave on disk."""

from functools import partial
from time import sleep
from typing import Any, Final

from motor.motor_asyncio import AsyncIOMotorClient

from bench.company import Served, company
from bench.figures import Figure, at_most
from bench.live import complaint
from bench.pace import pace
from bench.processes import memory_mb
from bench.stand import Stand
from deploy import registry

RATE, SECONDS = 100.0, 60.0
PART: Final = 5.0
LIMIT: Final = 250.0
SETTLED: Final = 10


async def measure(stand: Stand) -> list[Figure]:
    """Ready for a moment, then the most that any look within a minute of load found."""
    with company(stand) as services:
        sleep(3)
        idle = _now(services)
        most, filed = dict(idle), 0
        for part in range(int(SECONDS / PART)):
            filed += len(await pace(services["intake"].port, partial(complaint, f"M{part}", stand.key), RATE, PART))
            most = {name: max(most[name], memory) for name, memory in _now(services).items()}
        sleep(SETTLED)
        disk = await _on_disk(stand)
    return [
        *(Figure(f"memory of {name} at rest", memory, "MB") for name, memory in idle.items()),
        *(at_most(f"memory of {name} under load", memory, "MB", LIMIT) for name, memory in most.items()),
        *(Figure(f"{what} for 1,000,000 complaints", 1e6 * size / filed / 2**30, "GB") for what, size in disk.items()),
    ]


def _now(services: dict[str, Served]) -> dict[str, float]:
    return {name: memory_mb(served.pid) for name, served in services.items()}


async def _on_disk(stand: Stand) -> dict[str, int]:
    """Bytes in each service's database and in Kafka's topics."""
    client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(stand.mongo)
    await client.admin.command("fsync")
    namespace, found = stand.env["CCMS_NAMESPACE"], dict[str, int]()
    for service in registry.MODULES:
        stored = await client.get_database(f"{namespace}ccms_{service}").command("dbStats")
        found[f"{service}: rows"], found[f"{service}: indexes"] = int(stored["storageSize"]), int(stored["indexSize"])
    client.close()
    segments = (stand.data / "kafka").rglob(f"{namespace}*/*.log")
    return {**found, "topics, once": sum(segment.stat().st_size for segment in segments)}
