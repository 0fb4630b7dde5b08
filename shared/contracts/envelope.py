"""An event with what CloudEvents 1.0 says about it; in Kafka's binary mode these become headers."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.event import Event


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event as it travels. `sequence` counts the events of its aggregate from 1."""

    id: str
    type: str
    source: str
    subject: str
    time: datetime
    sequence: int
    correlation_id: str
    causation_id: str
    traceparent: str
    data: Event
