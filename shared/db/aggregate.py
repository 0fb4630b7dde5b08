"""What is stored: a document with an id, a version that guards it, and a counter of its events."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

from shared.contracts.event import Event

Document = dict[str, Any]
START = datetime(1970, 1, 1, tzinfo=UTC)


def index(*keys: str, **options: Any) -> Document:
    """An index over fields; a leading `-` means descending."""
    return {"keys": [(k.lstrip("-"), -1 if k.startswith("-") else 1) for k in keys], **options}


@dataclass(slots=True)
class Book:
    """What an aggregate knows of its own writing and telling."""

    version: int = 0
    sequence: int = 0
    told_at: datetime = START
    events: list[Event] = field(default_factory=list)


class Aggregate(BaseModel):
    """Base of every stored document.

    `collection` names where it lives, `indexes` what its queries need. `awaited` says that events of other topics
    may arrive before it exists and are then parked under its id until it does. `lean`: what is nested in it is stored
    without the fields that are at their default, because it has many small parts.
    """

    model_config = ConfigDict(extra="ignore", validate_assignment=False)

    collection: ClassVar[str]
    indexes: ClassVar[tuple[Document, ...]] = ()
    awaited: ClassVar[bool] = False
    lean: ClassVar[bool] = False

    id: str

    @cached_property
    def _book(self) -> Book:
        """Made when it is asked for first: it is found ten times as fast as a private attribute of Pydantic."""
        return Book()

    @property
    def version(self) -> int:
        """How often it has been written; 0 before the first time. The ETag."""
        return self._book.version

    def next_version(self) -> None:
        """Somebody is about to see what was made of it: what comes after that is another version."""
        self._book.version += 1

    def succeed(self, document: Document) -> None:
        """Stand in the place of one that was stored, and count on from there."""
        self._book = Book(document["version"], document["sequence"], document["told_at"], self._book.events)

    @property
    def sequence(self) -> int:
        """How many events it has told."""
        return self._book.sequence

    def record(self, event: Event) -> None:
        """Tell a fact; it is sent when the unit of work commits."""
        self._book.events.append(event)

    @property
    def has_told(self) -> bool:
        """Whether there are facts that no unit of work has taken yet."""
        return bool(self._book.events)

    def take_events(self) -> list[Event]:
        """The facts told since the last time, for the unit of work."""
        book = self._book
        taken, book.events = book.events, []
        return taken

    def next_sequence(self, now: datetime, floor: int = 0) -> tuple[int, datetime]:
        """Number and time of the next event; the time never runs backwards within one aggregate.

        `floor` is the last number that was used in a time that a restore has lost.
        """
        book = self._book
        book.sequence = max(book.sequence, floor) + 1
        book.told_at = max(book.told_at, now)
        return book.sequence, book.told_at

    @classmethod
    def from_document(cls, document: Document) -> Self:
        """The aggregate as it was stored."""
        made = cls.model_validate({**document, "id": document["_id"]})
        made._book = Book(document["version"], document["sequence"], document["told_at"])
        return made

    def to_document(self, version: int) -> Document:
        """What to store under this version."""
        document, book = self._dump(), self._book
        document["_id"] = document.pop("id")
        document |= {"version": version, "sequence": book.sequence, "told_at": book.told_at}
        return document

    def _dump(self) -> Document:
        if not self.lean:
            return self.model_dump(mode="python")
        return {**_defaults(type(self)), **self.model_dump(mode="python", exclude_defaults=True)}


@cache
def _defaults(model: type[Aggregate]) -> Document:
    """The fields of a model that have a default, as they are stored."""
    fields = {name: f.get_default(call_default_factory=True) for name, f in model.model_fields.items()}
    plain = {name: v.model_dump() if isinstance(v, BaseModel) else v for name, v in fields.items()}
    return {name: value for name, value in plain.items() if not model.model_fields[name].is_required()}
