"""One database of one service, as the kernel uses it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from datetime import UTC
from typing import Any

import pymongo
from bson.codec_options import CodecOptions
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorClientSession
from pymongo.errors import PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.synchronous.client_session import ClientSession
from pymongo.synchronous.cursor import Cursor
from pymongo.write_concern import WriteConcern

from shared.db.client.errors import WrongAddress, translated
from shared.db.client.files import Files
from shared.db.client.indexes import ensure
from shared.db.client.measuring import Commands
from shared.db.client.steps import Delete, Insert, Replace, Step, Upsert
from shared.db.client.turns import turn, whole_turn
from shared.db.client.watch import Watch

Document = dict[str, Any]
Session = AsyncIOMotorClientSession

_CODEC: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)
_MAJORITY = WriteConcern(w="majority", j=True)
AT_ONCE = 1000
"""Rows of one round trip, of which the server sends no more than 16 MB."""


def deadline(seconds: float) -> Any:
    """One time-out over every round trip inside the `with` block, server selection included."""
    return pymongo.timeout(seconds)


class Mongo:
    """One database of one service. Writes are `w: majority, j: true`; reads are majority or a snapshot.

    Raises `WrongAddress`.
    """

    def __init__(self, url: str, name: str) -> None:
        self._client = _client_of(url, name)
        self.name = name
        self._db = self._client.get_database(
            name, codec_options=_CODEC, write_concern=_MAJORITY, read_concern=ReadConcern("majority")
        )
        self.files = Files(self._db)

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
        """A snapshot transaction; aborted unless it was committed."""
        session = Session(self._client.delegate.start_session(), self._client)  # nobody is asked: no turn of a thread
        try:
            session.start_transaction(read_concern=ReadConcern("snapshot"), write_concern=_MAJORITY)
            yield session
        finally:
            await _put_away(session)

    async def do(self, steps: Sequence[Step], *, session: Session | None = None) -> list[Any]:
        """The steps one after the other, in one turn of a thread; what each of them gave back.

        Who is cancelled meanwhile waits for the step in hand, and no other begins: a session has one user at a time,
        and a step behind an abort would be a write of its own.
        """
        database, own = self._db.delegate, _own(session)
        return await whole_turn(lambda over: [step.do(database, own) for step in steps if not over.is_set()])

    async def find(
        self,
        collection: str,
        query: Mapping[str, Any],
        *,
        sort: Sequence[tuple[str, int]] = (),
        limit: int = 0,
        fields: Mapping[str, Any] | None = None,
        session: Session | None = None,
        most_bytes: int | None = None,
        at_once: bool = False,
    ) -> list[Document]:
        """Rows that match, in one or few round trips. `most_bytes`: stop once their bodies are that large together.

        `at_once`: as of one moment. Otherwise a reader goes through what is there when it gets there: of two rows that
        are committed one after the other meanwhile it can miss the first, where it has passed by, and find the second.
        """
        order, client = list(sort) or None, self._client.delegate

        def read() -> list[Document]:
            within = client.start_session(snapshot=True) if at_once else nullcontext(_own(session))
            with translated(collection), within as own:
                found = self._db.delegate[collection]
                cursor = found.find(query, fields, sort=order, limit=limit, batch_size=AT_ONCE, session=own)
                return cursor.to_list() if most_bytes is None else _up_to(most_bytes, cursor)

        return await turn(read)

    async def count(self, collection: str, query: Mapping[str, Any], *, limit: int = 0) -> int:
        """How many rows match, at most `limit` when given."""
        with translated(collection):
            if limit:
                return await self._db[collection].count_documents(query, limit=limit)
            return await self._db[collection].count_documents(query)

    async def insert(self, collection: str, rows: Sequence[Document], *, session: Session | None = None) -> None:
        """Insert rows in one round trip; raises `Duplicate`."""
        await self.do([Insert(collection, rows)], session=session)

    async def replace(self, collection: str, rows: Sequence[tuple[int, Document]]) -> None:
        """Replace rows that still have the version given beside each; raises `WriteConflict` when one has not."""
        await self.do([Replace(collection, rows)])

    async def upsert(self, collection: str, ids: Sequence[str], change: Mapping[str, Any]) -> None:
        """Apply one change to each id, making rows that are not there."""
        await self.do([Upsert(collection, ids, change)])

    async def update(self, collection: str, query: Mapping[str, Any], change: Any) -> int:
        """Change every row that matches; returns how many did."""
        with translated(collection):
            return (await self._db[collection].update_many(query, change)).matched_count

    async def change_one(
        self, collection: str, query: Mapping[str, Any], change: Any, *, upsert: bool = False
    ) -> Document | None:
        """Change one row and return it as it is afterwards; None when none matched."""
        with translated(collection):
            return await self._db[collection].find_one_and_update(
                query, change, upsert=upsert, return_document=pymongo.ReturnDocument.AFTER
            )

    async def delete(self, collection: str, query: Mapping[str, Any]) -> int:
        """Delete what matches; returns how many rows went."""
        (deleted,) = await self.do([Delete(collection, query)])
        return int(deleted)

    async def aggregate(self, collection: str, stages: Sequence[Document]) -> list[Document]:
        """Run a pipeline."""
        with translated(collection):
            return await self._db[collection].aggregate(list(stages)).to_list(None)

    def watch(self, collections: Sequence[str], new_in: Sequence[str], rest: float) -> Watch:
        """Which documents of these collections change, and which are new in others, once it is opened."""
        return Watch(self._db, collections, new_in, rest)

    async def size(self, collection: str) -> int:
        """About how many rows there are, from what the server has counted."""
        return int((await self.aggregate(collection, [{"$collStats": {"count": {}}}]))[0]["count"])

    async def ensure(self, collection: str, indexes: Sequence[Document]) -> None:
        """Make the collection and its indexes; an index is `{"keys": [...], ...options}`."""
        with translated(collection):
            await ensure(self._db, collection, indexes)

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
    with suppress(PyMongoError):
        if session.delegate.in_transaction:
            await session.abort_transaction()
    session.delegate.end_session()


def _client_of(url: str, name: str) -> AsyncIOMotorClient[Document]:
    try:
        return AsyncIOMotorClient(
            url,
            serverSelectionTimeoutMS=3000,
            connectTimeoutMS=2000,
            timeoutMS=10_000,
            maxPoolSize=32,
            retryWrites=True,
            uuidRepresentation="standard",
            event_listeners=[Commands(name)],
        )
    except (PyMongoError, ValueError) as error:
        raise WrongAddress(str(error)) from None


def _own(session: Session | None) -> ClientSession | None:
    """The session as the driver's own threads know it."""
    return None if session is None else session.delegate


def _up_to(most_bytes: int, cursor: Cursor[Document]) -> list[Document]:
    """Rows until their bodies are so large together."""
    rows, bytes_read = [], 0
    with cursor:
        for row in cursor:
            rows.append(row)
            bytes_read += len(row.get("body") or b"")
            if bytes_read >= most_bytes:
                break
    return rows
