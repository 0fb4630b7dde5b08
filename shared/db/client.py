"""The only file that knows the MongoDB driver: Motor behind the few operations that the kernel uses.

Motor left development in May 2026; its successor is PyMongo's own asyncio client. Everything that would change
with that move stands here, and the driver's errors leave this file as the four classes below.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC
from typing import Any

import pymongo
from bson.codec_options import CodecOptions
from bson.errors import BSONError
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorClientSession
from pymongo import InsertOne, ReplaceOne, UpdateOne
from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    DuplicateKeyError,
    OperationFailure,
    PyMongoError,
)
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from shared.errors import Unavailable

Document = dict[str, Any]
Session = AsyncIOMotorClientSession

_CODEC: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)
_MAJORITY = WriteConcern(w="majority", j=True)
_DUPLICATE = 11000
_TOO_LARGE = {10334, 17419, 17420}
_GONE = {
    112,
    246,
    251,
    24,
    225,
}  # write conflict, snapshot unavailable, no such transaction, lock time-out, too old


class StoreError(Exception):
    """MongoDB could not do it."""


class WriteConflict(StoreError):
    """Another writer was first, or the snapshot is gone: the whole transaction may be tried again."""


class Duplicate(StoreError):
    """A unique index refused a row; `collection` says where."""

    def __init__(self, collection: str) -> None:
        super().__init__(f"duplicate key in {collection}")
        self.collection = collection


class Unstorable(StoreError):
    """The document itself cannot be stored: too large, or a value that BSON does not have. Trying again is no use."""


class CommitUnknown(StoreError):
    """The answer to a commit was lost: it may have happened."""


class StoreAway(StoreError, Unavailable):
    """MongoDB cannot be reached in time, or has no primary."""

    def __init__(self, what: str) -> None:
        Unavailable.__init__(self, retry_after=1)
        self.what = what


@contextmanager
def translated(collection: str = "") -> Iterator[None]:
    """Let the driver's errors leave as the kernel's."""
    try:
        yield
    except DuplicateKeyError as error:
        raise Duplicate(collection) from error
    except (BSONError, OverflowError) as error:  # before PyMongoError: DocumentTooLarge is one of these
        raise Unstorable(type(error).__name__) from error
    except BulkWriteError as error:
        raise _from_bulk(collection, error) from error
    except PyMongoError as error:
        raise _from_driver(error) from error


def _from_bulk(collection: str, error: BulkWriteError) -> StoreError:
    codes = {e.get("code") for e in (error.details or {}).get("writeErrors", [])}
    if error.has_error_label("TransientTransactionError") or codes & _GONE:
        return WriteConflict(str(error.code))
    if codes & _TOO_LARGE:
        return Unstorable(f"too large for {collection}")
    return Duplicate(collection) if _DUPLICATE in codes else StoreError(f"bulk write failed: {codes}")


def _from_driver(error: PyMongoError) -> StoreError:
    if error.has_error_label("UnknownTransactionCommitResult"):
        return CommitUnknown(type(error).__name__)
    if error.timeout or (isinstance(error, ConnectionFailure) and not isinstance(error, OperationFailure)):
        return StoreAway(type(error).__name__)
    if error.has_error_label("TransientTransactionError"):
        return WriteConflict(type(error).__name__)
    if isinstance(error, OperationFailure) and error.code in _GONE:
        return WriteConflict(str(error.code))
    if isinstance(error, OperationFailure) and error.has_error_label("RetryableWriteError"):
        return StoreAway(str(error.code))
    return StoreError(f"{type(error).__name__} {getattr(error, 'code', '')} {getattr(error, 'codeName', '')}")


def deadline(seconds: float) -> Any:
    """One time-out over every round trip inside the `with` block, server selection included."""
    return pymongo.timeout(seconds)


class Mongo:
    """One database of one service. Writes are `w: majority, j: true`; reads are majority or a snapshot."""

    def __init__(self, url: str, name: str) -> None:
        self._client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(
            url,
            serverSelectionTimeoutMS=3000,
            connectTimeoutMS=2000,
            timeoutMS=10_000,
            maxPoolSize=32,
            retryWrites=True,
            uuidRepresentation="standard",
        )
        self.name = name
        self._db = self._client.get_database(
            name, codec_options=_CODEC, write_concern=_MAJORITY, read_concern=ReadConcern("majority")
        )

    def close(self) -> None:
        """Let every connection go."""
        self._client.close()

    async def ping(self, seconds: float = 2.0) -> bool:
        """Whether a primary answers."""
        try:
            with pymongo.timeout(seconds):
                return bool((await self._client.admin.command("hello")).get("isWritablePrimary"))
        except PyMongoError:
            return False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """A snapshot transaction; aborted unless `commit` was called."""
        with translated():
            session = await self._client.start_session()
        try:
            session.start_transaction(read_concern=ReadConcern("snapshot"), write_concern=_MAJORITY)
            yield session
        finally:
            await _put_away(session)

    async def commit(self, session: Session) -> None:
        """Commit; raises `CommitUnknown` when the answer was lost (calling again is safe)."""
        with translated():
            await session.commit_transaction()

    async def find(
        self,
        collection: str,
        query: Mapping[str, Any],
        *,
        sort: Sequence[tuple[str, int]] = (),
        limit: int = 0,
        fields: Mapping[str, Any] | None = None,
        session: Session | None = None,
    ) -> list[Document]:
        """Rows that match, in one or few round trips."""
        with translated(collection):
            found = self._db[collection].find(query, fields, session=session, limit=limit, batch_size=1000)
            return await (found.sort(list(sort)) if sort else found).to_list(None)

    async def count(self, collection: str, query: Mapping[str, Any], *, limit: int = 0) -> int:
        """How many rows match, at most `limit` when given."""
        with translated(collection):
            if limit:
                return await self._db[collection].count_documents(query, limit=limit)
            return await self._db[collection].count_documents(query)

    async def insert(self, collection: str, rows: Sequence[Document], *, session: Session | None = None) -> None:
        """Insert rows in one round trip; raises `Duplicate`."""
        with translated(collection):
            await self._db[collection].bulk_write([InsertOne(r) for r in rows], ordered=False, session=session)

    async def replace(
        self, collection: str, rows: Sequence[tuple[int, Document]], *, session: Session | None = None
    ) -> None:
        """Replace rows that still have the version given beside each; raises `WriteConflict` when one has not."""
        with translated(collection):
            writes = [ReplaceOne({"_id": row["_id"], "version": version}, row) for version, row in rows]
            done = await self._db[collection].bulk_write(writes, ordered=False, session=session)
        if done.matched_count != len(rows):
            raise WriteConflict(collection)

    async def upsert(
        self,
        collection: str,
        ids: Sequence[str],
        change: Mapping[str, Any],
        *,
        session: Session | None = None,
    ) -> None:
        """Apply one change to each id, making rows that are not there."""
        with translated(collection):
            writes = [UpdateOne({"_id": i}, change, upsert=True) for i in ids]
            await self._db[collection].bulk_write(writes, ordered=False, session=session)

    async def update(
        self, collection: str, query: Mapping[str, Any], change: Any, *, session: Session | None = None
    ) -> int:
        """Change every row that matches; returns how many did."""
        with translated(collection):
            return (await self._db[collection].update_many(query, change, session=session)).matched_count

    async def change_one(
        self, collection: str, query: Mapping[str, Any], change: Any, *, upsert: bool = False
    ) -> Document | None:
        """Change one row and return it as it is afterwards; None when none matched."""
        with translated(collection):
            return await self._db[collection].find_one_and_update(
                query, change, upsert=upsert, return_document=pymongo.ReturnDocument.AFTER
            )

    async def delete(self, collection: str, query: Mapping[str, Any], *, session: Session | None = None) -> int:
        """Delete what matches; returns how many rows went."""
        with translated(collection):
            return (await self._db[collection].delete_many(query, session=session)).deleted_count

    async def aggregate(self, collection: str, stages: Sequence[Document]) -> list[Document]:
        """Run a pipeline."""
        with translated(collection):
            return await self._db[collection].aggregate(list(stages)).to_list(None)

    async def changes(self, collection: str) -> AsyncIterator[None]:
        """Wake once for each burst of inserts. Only a hint: nothing is read from the stream itself."""
        with translated(collection):
            stages: list[Document] = [{"$match": {"operationType": "insert"}}, {"$project": {"_id": 1}}]
            async with self._db[collection].watch(stages, max_await_time_ms=1000, batch_size=1000) as stream:
                while stream.alive:
                    if await stream.try_next() is not None:
                        yield

    async def ensure(self, collection: str, indexes: Sequence[Document]) -> None:
        """Make the collection and its indexes; an index is `{"keys": [...], ...options}`."""
        with translated(collection):
            if collection not in await self._db.list_collection_names(filter={"name": collection}):
                with suppress(pymongo.errors.CollectionInvalid):  # another process was first
                    await self._db.create_collection(collection)
            if indexes:
                models = [pymongo.IndexModel(i["keys"], **{k: v for k, v in i.items() if k != "keys"}) for i in indexes]
                await self._db[collection].create_indexes(models)

    async def collections(self) -> list[str]:
        """Names of all collections."""
        with translated():
            return await self._db.list_collection_names()

    async def explain(
        self, collection: str, query: Mapping[str, Any], sort: Sequence[tuple[str, int]] = ()
    ) -> Document:
        """The winning plan of a find, for tests that hold every query to an index."""
        with translated(collection):
            found = self._db[collection].find(query)
            plan = await (found.sort(list(sort)) if sort else found).explain()
            return dict(plan["queryPlanner"]["winningPlan"])

    async def drop(self) -> None:
        """Remove the whole database (tests only)."""
        with translated():
            await self._client.drop_database(self.name)


async def _put_away(session: Session) -> None:
    """End a session whose transaction may be unfinished; an abort that fails ends by the server's time-out."""
    with suppress(PyMongoError):  # it was committed, or the server ended it
        await session.abort_transaction()
    await session.end_session()


async def run_admin_command(url: str, command: Document, timeout: float) -> Document:  # noqa: ASYNC109
    """Run one command on the admin database of the server at `url`, which need not have a primary yet."""
    client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(
        url, directConnection=True, serverSelectionTimeoutMS=int(timeout * 1000)
    )
    try:
        with translated():
            return dict(await client.admin.command(command))
    finally:
        client.close()
