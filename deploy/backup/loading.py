"""Puts a backup's databases in the place of what is there.

From the first to the last moment a row says that the database is half restored: no service starts on it then, and the
next restore may go over it.
"""

import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from deploy.backup.errors import BrokenBackup
from deploy.backup.manifest import Database, File
from shared.db.client import Loader, Mongo, documents_in
from shared.db.schema import COLLECTION as SCHEMA
from shared.db.schema import RESTORING
from shared.runtime import crash

MOST_BYTES: Final = 8 * 1024 * 1024
MOST: Final = 2000


async def is_restoring(mongo: Mongo) -> bool:
    """Whether a restore into it was cut off."""
    return bool(await mongo.find(SCHEMA, {"_id": RESTORING}))


async def holds_data(mongo: Mongo) -> bool:
    """Whether anything stands in it that a restore would take away."""
    return bool(await mongo.collections()) and not await is_restoring(mongo)


async def begin(mongo: Mongo) -> None:
    """From now on it is half restored."""
    await mongo.upsert(SCHEMA, [RESTORING], {"$set": {"since": datetime.now(UTC)}})


async def end(mongo: Mongo) -> None:
    """It is whole. With this write all before it is durable."""
    await mongo.delete(SCHEMA, {"_id": RESTORING})


async def clear(mongo: Mongo, url: str) -> None:
    """Take out everything but what says that it is half restored."""
    loader = Loader(url)
    try:
        loader.clear(mongo.name, SCHEMA)
    finally:
        loader.close()
    await mongo.delete(SCHEMA, {"_id": {"$ne": RESTORING}})


def load(folder: Path, url: str, name: str, database: Database, seen: Callable[[int], None]) -> None:
    """Write a database's documents; `seen` is told of each part. Raises `BrokenBackup`, `StoreError`."""
    loader = Loader(url)
    try:
        for collection, file in database.collections.items():
            for part in _parts(folder, file):
                loader.insert(name, collection, part)
                seen(len(part))
                crash.point("restore.part")
    finally:
        loader.close()


def _parts(folder: Path, file: File) -> Iterator[list[bytes]]:
    """The documents of a file, as many at once as one round trip takes."""
    with gzip.open(folder / file.path, "rb") as unpacked:
        part: list[bytes] = []
        size = 0
        for document in _documents(folder, file, unpacked):  # type: ignore[arg-type]
            part.append(document)
            size += len(document)
            if size >= MOST_BYTES or len(part) == MOST:
                yield part
                part, size = [], 0
        if part:
            yield part


def _documents(folder: Path, file: File, unpacked: BinaryIO) -> Iterator[bytes]:
    try:
        yield from documents_in(unpacked)
    except (ValueError, EOFError, gzip.BadGzipFile) as error:
        raise BrokenBackup(folder=folder, file=file.path) from error
