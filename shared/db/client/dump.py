"""Whole databases as raw BSON: read as of one moment, and written as they were read.

Nothing is decoded on the way, so a document comes back as it was, byte for byte. The calls block: use a thread.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient
from pymongo.errors import OperationFailure
from pymongo.write_concern import WriteConcern

from shared.db.client.errors import StoreError, translated

BATCH: Final = 5000
"""Documents in a round trip; the server sends at most 16 MB at once."""
_SNAPSHOT_GONE: Final = {239, 246}  # SnapshotTooOld, SnapshotUnavailable
_LENGTH: Final = 4


class SnapshotGone(StoreError):
    """The server no longer has what was there at the moment of the snapshot."""


def _client(url: str) -> MongoClient[Any]:
    return MongoClient(url, serverSelectionTimeoutMS=5000, connectTimeoutMS=2000, socketTimeoutMS=60_000)


class Snapshot:
    """Every database of a server as of one moment, however long the reading takes (`with Snapshot(url) as …`)."""

    def __init__(self, url: str) -> None:
        self._client = _client(url)
        self._session: Any = None

    def __enter__(self) -> Self:
        with translated():
            self._session = self._client.start_session(snapshot=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._session is not None:
            self._session.end_session()
        self._client.close()

    def collections(self, database: str) -> list[str]:
        """Names of a database's collections, sorted; none for a database that is not there."""
        with translated():
            names = self._client[database].list_collection_names()
        return sorted(name for name in names if not name.startswith("system."))

    def batches(self, database: str, collection: str) -> Iterator[bytes]:
        """Documents as they stand one after another in BSON. Raises `SnapshotGone`, `StoreError`."""
        with translated(collection), _told_apart():
            options: dict[str, Any] = {"batch_size": BATCH, "session": self._session}
            yield from self._client[database][collection].find_raw_batches({}, **options)

    def size(self, database: str, collection: str) -> int:
        """About how many documents there are."""
        with translated(collection):
            return self._client[database][collection].estimated_document_count()

    def row(self, database: str, collection: str, id: str) -> dict[str, Any] | None:
        """One document by its id."""
        with translated(collection), _told_apart():
            found: dict[str, Any] | None = self._client[database][collection].find_one(
                {"_id": id}, session=self._session
            )
            return found


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except OperationFailure as error:
        if error.code in _SNAPSHOT_GONE:
            raise SnapshotGone((error.details and error.details.get("codeName")) or "") from error
        raise


class Loader:
    """Writes documents back; what it has written is durable with the next write of majority."""

    def __init__(self, url: str) -> None:
        self._client = _client(url)

    def close(self) -> None:
        """Let the connection go."""
        self._client.close()

    def clear(self, database: str, but: str) -> None:
        """Drop every collection but one."""
        with translated():
            for name in self._client[database].list_collection_names():
                if name != but and not name.startswith("system."):
                    self._client[database].drop_collection(name)

    def insert(self, database: str, collection: str, documents: Sequence[bytes]) -> None:
        """Documents as they were read."""
        target = self._client[database].get_collection(collection, write_concern=WriteConcern(w=1))
        with translated(collection):
            target.insert_many([RawBSONDocument(each) for each in documents], ordered=False)


def documents_in(file: BinaryIO) -> Iterator[bytes]:
    """The documents that stand one after another in a file. Raises `ValueError` when the last one is cut off."""
    while head := file.read(_LENGTH):
        length = int.from_bytes(head, "little")
        document = head + file.read(max(0, length - _LENGTH))
        if len(document) != length:
            raise ValueError("cut off")
        yield document


def count_in(batch: bytes) -> int:
    """How many documents stand one after another in it."""
    count = at = 0
    while at < len(batch):
        at += int.from_bytes(batch[at : at + _LENGTH], "little")
        count += 1
    return count
