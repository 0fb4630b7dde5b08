"""Timers: something that has to happen at a time, in the transaction that marks it done."""

from datetime import datetime
from typing import Any, ClassVar

from pydantic import Field

from shared.db.aggregate import Aggregate, Document, index


class Timer(Aggregate):
    """One thing to do once, at `due_at` or soon after, whatever was restarted in between.

    `event_id`, `correlation_id` and `traceparent` are of what set it, so that the chain goes on when it fires.
    """

    collection: ClassVar[str] = "timers"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("done_at", "due_at"),
        index("done_at", name="old", expireAfterSeconds=30 * 86400),
    )

    kind: str
    subject: str
    due_at: datetime
    data: dict[str, Any] = Field(default_factory=dict)
    event_id: str = ""
    correlation_id: str = ""
    traceparent: str = ""
    done_at: datetime | None = None
