"""What is stored: a document with an id, a version that guards it, and a counter of its events."""

from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr

from shared.contracts.event import Event

Document = dict[str, Any]
START = datetime(1970, 1, 1, tzinfo=UTC)


def index(*keys: str, **options: Any) -> Document:
    """An index over fields; a leading `-` means descending."""
    return {"keys": [(k.lstrip("-"), -1 if k.startswith("-") else 1) for k in keys], **options}


class Aggregate(BaseModel):
    """Base of every stored document.

    `collection` names where it lives, `indexes` what its queries need. `awaited` says that events of other topics
    may arrive before it exists and are then parked under its id until it does.
    """

    model_config = ConfigDict(extra="ignore", validate_assignment=False)

    collection: ClassVar[str]
    indexes: ClassVar[tuple[Document, ...]] = ()
    awaited: ClassVar[bool] = False

    id: str
    _version: int = PrivateAttr(default=0)
    _sequence: int = PrivateAttr(default=0)
    _told_at: datetime = PrivateAttr(default_factory=lambda: START)  # a default would be copied deeply each time
    _events: list[Event] = PrivateAttr(default_factory=list)

    @property
    def version(self) -> int:
        """How often it has been written; 0 before the first time. The ETag."""
        return self._version

    @property
    def sequence(self) -> int:
        """How many events it has told."""
        return self._sequence

    def record(self, event: Event) -> None:
        """Tell a fact; it is sent when the unit of work commits."""
        self._events.append(event)

    def take_events(self) -> list[Event]:
        """The facts told since the last time, for the unit of work."""
        taken, self._events = self._events, []
        return taken

    def next_sequence(self, now: datetime) -> tuple[int, datetime]:
        """Number and time of the next event; the time never runs backwards within one aggregate."""
        self._sequence += 1
        self._told_at = max(self._told_at, now)
        return self._sequence, self._told_at

    @classmethod
    def from_document(cls, document: Document) -> Self:
        """The aggregate as it was stored."""
        made = cls.model_validate({**document, "id": document["_id"]})
        made._version, made._sequence = document["version"], document["sequence"]
        made._told_at = document["told_at"]
        return made

    def to_document(self, version: int) -> Document:
        """What to store under this version."""
        document = self.model_dump(mode="python")
        document["_id"] = document.pop("id")
        document |= {"version": version, "sequence": self._sequence, "told_at": self._told_at}
        return document
