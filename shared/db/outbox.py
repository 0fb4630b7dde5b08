"""Outbox rows: events that are durable with the documents they speak of, until the relay has sent them."""

from datetime import datetime
from typing import Any

from pydantic_core import to_json

from shared.contracts.catalogue import OUTBOX_AGE, dead_letter_topic, entry_of
from shared.contracts.cloudevents import to_headers
from shared.contracts.envelope import Envelope
from shared.db.aggregate import Document, index
from shared.db.parking import DeadLetter
from shared.db.past import NOTHING_LOST, Past
from shared.db.uow import Told
from shared.errors import Refused

COLLECTION = "outbox"
UNSENT = {"unsent": True}
"""The mark is taken away when a row was sent, so that the index of unsent rows stays as small as they are few."""
LARGEST = 900_000
"""Bytes of an event's data; Kafka takes 1 MiB with headers."""

INDEXES: tuple[Document, ...] = (
    index("at", "sequence", name="unsent", partialFilterExpression={"unsent": True}),
    index("key", "sequence", unique=True, partialFilterExpression={"sequence": {"$gt": 0}}),
    index("published_at", name="old", sparse=True, expireAfterSeconds=int(OUTBOX_AGE.total_seconds())),
    index("kept_at", sparse=True),
)


class EventTooLarge(Refused):
    """What the change would tell others does not fit into one record."""

    text = "This is too large to be passed on: at most {limit} bytes."
    status = 413


def row_of(told: Told, service: str, now: datetime, past: Past = NOTHING_LOST) -> Document:
    """The row of one event; takes the aggregate's next sequence. Raises `EventTooLarge`."""
    entry, body = entry_of(told.event), to_json(told.event, inf_nan_mode="null")
    if len(body) > LARGEST:
        raise EventTooLarge(limit=LARGEST)
    sequence, at = told.aggregate.next_sequence(now, past.floor(told.aggregate.id))
    envelope = Envelope(
        id=told.id,
        type=entry.type,
        source=f"/{service}",
        subject=told.aggregate.id,
        time=at,
        sequence=sequence,
        correlation_id=told.cause.correlation_id or told.cause.id,
        causation_id=told.cause.event_id,
        traceparent=told.cause.traceparent,
        data=told.event,
    )
    row = _row(told.id, entry.topic, told.aggregate.id.encode(), sequence, at, to_headers(envelope, entry), body)
    if told.cause.told_at is not None:  # these two are for the relay's figures
        row["caused_at"] = told.cause.told_at
    if entry.counted_by is not None:
        row["by"] = str(getattr(told.event, entry.counted_by))
    return row


def dead_row(letter: DeadLetter, service: str) -> Document:
    """The row that puts a dead letter on its topic: the original bytes, and why."""
    why = {"x-error": letter.error, "x-topic": letter.topic, "x-at": f"{letter.partition}:{letter.offset}"}
    headers = [*letter.headers, *((name, value.encode()) for name, value in why.items())]
    topic = dead_letter_topic(service, letter.topic)
    # A record without a key gets one of its own, or one that cannot be sent would hold back all others without a key.
    return _row(letter.id, topic, letter.key or letter.id.encode(), 0, letter.dead_at, headers, letter.body)


def _row(id: str, topic: str, key: bytes, sequence: int, at: datetime, headers: Any, body: bytes | None) -> Document:
    return {
        "_id": id,
        "topic": topic,
        "key": key,
        "sequence": sequence,
        "at": at,
        "unsent": True,
        "headers": headers,
        "body": body,
    }
