"""What the relay counts of the rows that it has sent."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import get_args

from shared.contracts.catalogue import ENTRIES
from shared.db.aggregate import Document
from shared.obs import metrics


def count_from_zero(service: str) -> None:
    """Have what is counted by something stand there before the first of it comes, or its growth could not be seen."""
    for entry in ENTRIES:
        if entry.owner == service and entry.counted_by is not None:
            metrics.EVENT_DELAY.labels(entry.topic)
            for value in get_args(entry.model.model_fields[entry.counted_by].annotation):
                metrics.OUTBOX_SENT.labels(service, entry.topic, str(value))


def count_sent(service: str, rows: Iterable[Document]) -> None:
    """Count events by topic and by what the catalogue says, and how long each has taken since what caused it."""
    now, counts = datetime.now(UTC), Counter[tuple[str, str]]()
    for row in rows:
        counts[row["topic"], row.get("by", "")] += 1
        if "caused_at" in row:
            metrics.EVENT_DELAY.labels(row["topic"]).observe(max(0.0, (now - row["caused_at"]).total_seconds()))
    for (topic, by), count in counts.items():
        metrics.OUTBOX_SENT.labels(service, topic, by).inc(count)
