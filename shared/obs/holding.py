"""What only the holder of a lease tells of, for its whole service."""

from contextlib import suppress
from typing import Final

from prometheus_client.metrics import Gauge

from shared.obs import metrics as m

_TOLD: Final[dict[str, tuple[Gauge, ...]]] = {
    "relay": (m.OUTBOX_AGE, m.OUTBOX_ROWS, m.OUTBOX_HELD),
    "jobs": (m.DEAD_LETTERS_OPEN, m.PARKED, m.PARKED_AGE, m.TIMERS_LATE, m.CALLS_OPEN, m.CALL_AGE, m.CLOCKS_OVERDUE),
}


def holds(service: str, lease: str, held: bool) -> None:
    """This process holds the lease or not; who lost it says nothing any more, or old figures would call somebody."""
    m.LEASE_HELD.labels(service, lease).set(held)
    if not held:
        for gauge in _TOLD[lease]:
            with suppress(KeyError):
                gauge.remove_by_labels({"service": service})
