"""Restores an installation: looks at the backup and at what is there, loads, and makes databases and topics agree."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from deploy import registry
from deploy.backup import loading
from deploy.backup.errors import NoKey, NotEmpty, OtherKey, StillRunning
from deploy.backup.manifest import KEY, SECRETS, Manifest, marks_of, stamp
from deploy.backup.reconciling import LostList, Outcome, Reconciling, check_stopped
from deploy.installation import Installation
from deploy.local.sentence import Progress, Sentence
from shared.db.client import Mongo
from shared.db.lease import held_now
from shared.db.schema import prepare
from shared.language.i18n import _
from shared.runtime import crash
from shared.runtime.settings import Settings
from shared.search.place import forget

SKIP: Final = 10_000
"""How far readable numbers move on: more than anybody was given since the backup."""
Seen = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for: the backup, whether what is there may go, and how far numbers move on."""

    folder: Path
    replace: bool
    skip: int
    lost: Path


async def restore(manifest: Manifest, wish: Wish, where: Installation, seen: Seen, progress: Progress) -> Outcome:
    """Have the installation as the backup says. Raises `LocalError`, `StillConsuming`, `StoreError`, `Unavailable`."""
    settings = where.settings
    databases = {name: Mongo(settings.mongo_url, settings.named(f"ccms_{name}")) for name in registry.MODULES}
    try:
        await _check_databases(databases, wish)
        for name in databases:
            await check_stopped(registry.service(name), settings)
        _put_key(manifest, wish, settings)
        _put_accounts(manifest, wish, where.folder)
        for mongo in databases.values():
            await loading.begin(mongo)
        await _load(manifest, wish, settings, databases, seen)
        progress(Sentence(_("Every database is back; bringing databases and topics into step")))
        found = await _reconcile(databases, manifest, wish, settings)
        for mongo in databases.values():
            await loading.end(mongo)
        await _finish(databases, settings)
        return found
    finally:
        for mongo in databases.values():
            mongo.close()


async def _check_databases(databases: dict[str, Mongo], wish: Wish) -> None:
    for service, mongo in databases.items():
        if await held_now(mongo):
            raise StillRunning(service=service)
    if full := [mongo.name for mongo in databases.values() if not wish.replace and await loading.holds_data(mongo)]:
        raise NotEmpty(databases=", ".join(full))


def _put_key(manifest: Manifest, wish: Wish, settings: Settings) -> None:
    """See to it that every key of the backup is there. Raises `OtherKey`, `NoKey`."""
    file = settings.master_key_file
    if file is None or set(manifest.keys) <= set(marks_of(settings)):
        return
    kept = wish.folder / SECRETS / KEY
    if not kept.exists():
        raise OtherKey(file=file) if file.exists() else NoKey(file=file)
    if file.exists() and not wish.replace:
        raise OtherKey(file=file)
    if file.exists():  # other backups may need it
        file.replace(file.with_name(f"{file.name}.{stamp(datetime.now(UTC))}"))
    _copy(kept, file)


def _put_accounts(manifest: Manifest, wish: Wish, folder: Path | None) -> None:
    """The passwords of a local installation are found again where a start looks for them."""
    kept = wish.folder / SECRETS / "run.json"
    if folder is not None and kept.exists():
        _copy(kept, folder / "run.json")


def _copy(kept: Path, to: Path) -> None:
    new = to.with_name(f"{to.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(kept.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    new.replace(to)


async def _load(manifest: Manifest, wish: Wish, settings: Settings, databases: dict[str, Mongo], seen: Seen) -> None:
    """One that had no database at the backup has none again."""
    for mongo in databases.values():
        await loading.clear(mongo, settings.mongo_url)
    for database in manifest.databases:
        loading.load(wish.folder, settings.mongo_url, databases[database.service].name, database, seen)
    crash.point("restore.loaded")


async def _reconcile(databases: dict[str, Mongo], manifest: Manifest, wish: Wish, settings: Settings) -> Outcome:
    found = Outcome()
    with LostList(wish.lost) as lost:
        for service in databases:
            manifest_of = registry.service(service)
            await Reconciling(manifest_of, databases, settings, manifest.taken_at, found).run(lost, wish.skip)
    return found


async def _finish(databases: dict[str, Mongo], settings: Settings) -> None:
    """Indexes now rather than at the next start; search indexes made anew, for they may know what was lost."""
    for service, mongo in databases.items():
        manifest = registry.service(service)
        await prepare(mongo, manifest.models, manifest.steps)
        if settings.index is not None:
            forget(settings.index, mongo.name)
