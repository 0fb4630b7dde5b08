"""What a transaction reads and writes: each step is one round trip, and several take one turn of a driver's thread.

A turn costs about as much as a round trip: the thread has to be woken, and then it and the event loop have to wait for
the interpreter that the other one holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pymongo import InsertOne, ReplaceOne, UpdateOne
from pymongo.synchronous.client_session import ClientSession
from pymongo.synchronous.database import Database

from shared.db.client.errors import WriteConflict, translated

Document = dict[str, Any]


class Step(Protocol):
    """One part of a transaction; blocks. Raises the errors of `errors.py`."""

    def do(self, database: Database[Document], session: ClientSession | None) -> Any:
        """Do it now."""
        ...


@dataclass(frozen=True, slots=True)
class Find:
    """Rows of a collection that match."""

    collection: str
    query: Mapping[str, Any]
    fields: Mapping[str, Any] | None = None

    def do(self, database: Database[Document], session: ClientSession | None) -> list[Document]:
        """The rows."""
        with translated(self.collection):
            return database[self.collection].find(self.query, self.fields, session=session, batch_size=1000).to_list()


@dataclass(frozen=True, slots=True)
class Insert:
    """Rows that must not be there yet; raises `Duplicate`."""

    collection: str
    rows: Sequence[Document]

    def do(self, database: Database[Document], session: ClientSession | None) -> None:
        """Insert them."""
        with translated(self.collection):
            database[self.collection].bulk_write([InsertOne(r) for r in self.rows], ordered=False, session=session)


@dataclass(frozen=True, slots=True)
class Replace:
    """Rows that still have the version given beside each; raises `WriteConflict` when one has not."""

    collection: str
    rows: Sequence[tuple[int, Document]]

    def do(self, database: Database[Document], session: ClientSession | None) -> None:
        """Replace them."""
        writes = [ReplaceOne({"_id": row["_id"], "version": version}, row) for version, row in self.rows]
        with translated(self.collection):
            done = database[self.collection].bulk_write(writes, ordered=False, session=session)
        if done.matched_count != len(self.rows):
            raise WriteConflict(self.collection)


@dataclass(frozen=True, slots=True)
class Upsert:
    """One change to each id, making rows that are not there."""

    collection: str
    ids: Sequence[str]
    change: Mapping[str, Any]

    def do(self, database: Database[Document], session: ClientSession | None) -> None:
        """Change them."""
        writes = [UpdateOne({"_id": id}, self.change, upsert=True) for id in self.ids]
        with translated(self.collection):
            database[self.collection].bulk_write(writes, ordered=False, session=session)


@dataclass(frozen=True, slots=True)
class Delete:
    """Rows that go."""

    collection: str
    query: Mapping[str, Any]

    def do(self, database: Database[Document], session: ClientSession | None) -> int:
        """How many went."""
        with translated(self.collection):
            return database[self.collection].delete_many(self.query, session=session).deleted_count


@dataclass(frozen=True, slots=True)
class Commit:
    """Makes the steps before it last; raises `CommitUnknown` when the answer was lost (again is safe)."""

    def do(self, database: Database[Document], session: ClientSession | None) -> None:
        """Commit."""
        if session is None:
            raise ValueError("only a transaction can be committed")
        with translated():
            session.commit_transaction()
