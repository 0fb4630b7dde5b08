"""Writes a backup: every database as of one moment, a file a collection, the manifest last."""

import gzip
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import BinaryIO, Final

from deploy.backup.errors import HoldsBackup, HoldsOther, HoldsUnfinished, NothingToBackUp, NotWritten, TooSlow
from deploy.backup.manifest import FORMAT, NAME, SECRETS, Database, File, Manifest, read_manifest, sync
from deploy.local.errors import LocalError
from shared.db.client import Snapshot, SnapshotGone, count_in
from shared.db.lease import COLLECTION as LEASES
from shared.db.schema import COLLECTION as SCHEMA
from shared.runtime import crash

FAST: Final = 1
STORED: Final = 0
SEALED: Final = "fs.chunks"
"""Contents of files, which are encrypted: there is nothing to compress in them."""
TRIES: Final = 3
"""A collection that was made after the snapshot was fixed makes it useless; the next one has it."""

Seen = Callable[[int, int], None]
"""Told how many documents are written, of about how many."""


def check_place(folder: Path) -> None:
    """See to it that the folder is there and empty. Raises `HoldsBackup`, `HoldsUnfinished`, `HoldsOther`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        inside = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise NotWritten(folder=folder, reason=error.strerror) from error
    if NAME in inside:
        try:
            taken_at = f"{read_manifest(folder).taken_at:%Y-%m-%d %H:%M}"
        except LocalError:
            taken_at = "?"
        raise HoldsBackup(folder=folder, taken_at=taken_at)
    if SECRETS in inside or any((folder / name).is_dir() and any((folder / name).glob("*.bson.gz")) for name in inside):
        raise HoldsUnfinished(folder=folder)
    if inside:
        raise HoldsOther(folder=folder)


def write_backup(
    folder: Path, mongo: str, databases: Mapping[str, str], secrets: Mapping[str, Path], keys: list[str], seen: Seen
) -> Manifest:
    """Back up these databases, by service, and these files into an empty folder. Raises `LocalError`, `StoreError`."""
    try:
        kept = _keep_secrets(folder, secrets)
        taken_at, found = _within_tries(folder, mongo, databases, seen)
        manifest = Manifest(
            format=FORMAT, version=version(), taken_at=taken_at, keys=keys, databases=found, secrets=kept
        )
        crash.point("backup.written")
        manifest.write(folder)
    except OSError as error:
        raise NotWritten(folder=folder, reason=error.strerror) from error
    return manifest


def version() -> str:
    """This version of CCMS."""
    try:
        return metadata.version("ccms")
    except metadata.PackageNotFoundError:
        return "?"


def _keep_secrets(folder: Path, secrets: Mapping[str, Path]) -> list[File]:
    kept: list[File] = []
    for name, secret in secrets.items():
        content, path = secret.read_bytes(), f"{SECRETS}/{name}"
        with _new_file(folder / path) as file:
            file.write(content)
        kept.append(File(path=path, bytes=len(content), sha256=hashlib.sha256(content).hexdigest()))
    return kept


def _within_tries(
    folder: Path, mongo: str, databases: Mapping[str, str], seen: Seen
) -> tuple[datetime, list[Database]]:
    for left in reversed(range(TRIES)):
        taken_at = datetime.now(UTC)
        try:
            with Snapshot(mongo) as snapshot:
                return taken_at, _write_databases(folder, snapshot, databases, seen)
        except SnapshotGone as error:
            for service in databases:
                shutil.rmtree(folder / service, ignore_errors=True)
            if not left:
                raise TooSlow() from error
    raise AssertionError


def _write_databases(folder: Path, snapshot: Snapshot, databases: Mapping[str, str], seen: Seen) -> list[Database]:
    names = {
        service: [name for name in snapshot.collections(database) if name != LEASES]  # of processes, not of the data
        for service, database in databases.items()
    }
    tally = _Tally(
        seen, sum(snapshot.size(databases[service], name) for service, inside in names.items() for name in inside)
    )
    found: list[Database] = []
    for service, collections in names.items():
        database = databases[service]
        files = {
            name: _write_collection(folder, f"{service}/{name}.bson.gz", name, snapshot.batches(database, name), tally)
            for name in collections
        }
        if files:
            sync(folder / service)
            row = snapshot.row(database, SCHEMA, "schema")
            found.append(Database(service=service, schema_number=int((row or {}).get("number", 1)), collections=files))
    if not found:
        raise NothingToBackUp(databases=", ".join(databases.values()))
    return found


class _Tally:
    """Counts what is written, and tells."""

    def __init__(self, seen: Seen, total: int) -> None:
        self._seen, self._total, self._done = seen, total, 0

    def add(self, more: int) -> None:
        """So many more."""
        self._done += more
        self._seen(self._done, self._total)


def _write_collection(folder: Path, path: str, collection: str, batches: Iterator[bytes], tally: _Tally) -> File:
    documents = 0
    level = STORED if collection == SEALED else FAST
    with _new_file(folder / path) as raw:
        file = _Hashed(raw)
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=level, mtime=0) as packed:
            for batch in batches:
                packed.write(batch)
                documents += (more := count_in(batch))
                tally.add(more)
                crash.point("backup.batch")
    return File(path=path, bytes=file.length, sha256=file.digest.hexdigest(), documents=documents)


class _Hashed:
    """A file whose SHA-256 is known when it has been written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest, self.length = file, hashlib.sha256(), 0

    def write(self, part: bytes) -> int:
        """Write and hash."""
        self.digest.update(part)
        self.length += len(part)
        return self._file.write(part)

    def flush(self) -> None:
        """As the file."""
        self._file.flush()


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner reads, on the disk once it is closed."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
