"""What of a service waits for somebody or something: measured by the one process that holds the lease of the jobs."""

from datetime import datetime
from typing import Final

from shared.db.parking import DeadLetter, Parked
from shared.db.store import Store
from shared.db.timers import Timer
from shared.obs import metrics

MOST: Final = 1000


async def measure_waiting(store: Store) -> None:
    """Dead letters, parked records, and timers that should have fired. Raises `StoreError`."""
    mongo, service = store.mongo, store.service
    metrics.DEAD_LETTERS_OPEN.labels(service).set(
        await mongo.count(DeadLetter.collection, {"state": "open"}, limit=MOST)
    )
    parked = await mongo.find(Parked.collection, {}, sort=[("parked_at", 1)], limit=MOST, fields={"parked_at": 1})
    metrics.PARKED.labels(service).set(len(parked))
    metrics.PARKED_AGE.labels(service).set(_age(store, parked[0]["parked_at"] if parked else None))
    late = {"done_at": None, "due_at": {"$lte": store.clock.now()}}
    timers = await mongo.find(Timer.collection, late, sort=[("due_at", 1)], limit=1, fields={"due_at": 1})
    metrics.TIMERS_LATE.labels(service).set(_age(store, timers[0]["due_at"] if timers else None))


def _age(store: Store, since: datetime | None) -> float:
    return max(0.0, (store.clock.now() - since).total_seconds()) if since else 0.0
