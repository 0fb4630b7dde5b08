"""Events that came before what they speak of, kept until it exists."""

from datetime import datetime
from typing import ClassVar

from shared.contracts.catalogue import DEAD_LETTER_AGE
from shared.db.aggregate import Aggregate, Document, index


class Record(Aggregate):
    """A Kafka record as it came, so that it can be handled later with nothing lost."""

    consumer: str
    topic: str
    partition: int
    offset: int
    key: bytes | None
    headers: list[tuple[str, bytes]]
    body: bytes | None


class Parked(Record):
    """A record that waits for the document named by `waits_for`."""

    collection: ClassVar[str] = "parked"
    indexes: ClassVar[tuple[Document, ...]] = (index("waits_for"), index("parked_at"))

    waits_for: str
    parked_at: datetime


_DECIDED = index("decided_at", sparse=True, expireAfterSeconds=int(DEAD_LETTER_AGE.total_seconds()))


class DeadLetter(Record):
    """A record that can never be taken as it is. `sealed`: the body is encrypted, because its class is contact."""

    collection: ClassVar[str] = "dead_letters"
    indexes: ClassVar[tuple[Document, ...]] = (index("state", "-dead_at", "-_id"), _DECIDED)

    error: str
    dead_at: datetime
    sealed: bool = False
    state: str = "open"
    decided_at: datetime | None = None


def waiting_key(model: type[Aggregate], id: str) -> str:
    """Name of a document that may be waited for."""
    return f"{model.__name__}:{id}"
