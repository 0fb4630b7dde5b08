"""The manifest of a backup: what stands in it, written last, so that a backup without it is none.

DIR/manifest.json                     this
DIR/<service>/<collection>.bson.gz    documents as BSON, one after another
DIR/secrets/master.key, run.json      what the data folder keeps beside the databases (mode 600)
"""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import AwareDatetime, BaseModel, ValidationError

from deploy.backup.errors import BrokenBackup, BrokenManifest, NewerBackup, NoBackup
from deploy.registry import MODULES
from deploy.registry import service as manifest_of
from shared.db.schema import known_schema
from shared.privacy.vault import Vault, read_master_keys
from shared.runtime.settings import Settings

FORMAT: Final = 1
NAME: Final = "manifest.json"
SECRETS: Final = "secrets"
KEY: Final = "master.key"
_PART: Final = 1024 * 1024


class File(BaseModel):
    """One file: its place in the folder, its size and SHA-256, and how many documents it holds."""

    path: str
    bytes: int
    sha256: str
    documents: int = 0


class Database(BaseModel):
    """One service's database: its schema number, and a file a collection."""

    service: str
    schema_number: int
    collections: dict[str, File]

    @property
    def documents(self) -> int:
        """How many documents it has."""
        return sum(file.documents for file in self.collections.values())


class Manifest(BaseModel):
    """A whole backup. `keys` tell its master key and those before it from others without telling them; none without.

    Everything that was on a topic before `taken_at` is in it.
    """

    format: int
    version: str
    taken_at: AwareDatetime
    keys: list[str]
    databases: list[Database]
    secrets: list[File]

    @property
    def files(self) -> list[File]:
        """Every file."""
        return [*self.secrets, *(file for each in self.databases for file in each.collections.values())]

    @property
    def documents(self) -> int:
        """How many documents it has."""
        return sum(each.documents for each in self.databases)

    def write(self, folder: Path) -> None:
        """Make the backup complete: from one moment to the next there is a manifest, on the disk."""
        new = folder / f"{NAME}.new"
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(self.model_dump_json(indent=1))
            file.flush()
            os.fsync(file.fileno())
        new.replace(folder / NAME)
        sync(folder)


def sync(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def marks_of(settings: Settings) -> list[str]:
    """What tells this installation's master key, and those before it in the file, from others; none without a file."""
    file = settings.master_key_file
    keys = read_master_keys(file) if file is not None and file.exists() else []
    return [Vault(key).mark("backup", "master key") for key in keys]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup that this version can restore.

    Raises `NoBackup`, `BrokenManifest`, `NewerBackup`.
    """
    try:
        said = json.loads((folder / NAME).read_bytes())
    except OSError:
        raise NoBackup(folder=folder) from None
    except ValueError:
        raise BrokenManifest(folder=folder, reason=NAME) from None
    version = said.get("version", "?") if isinstance(said, dict) else "?"
    if isinstance(said, dict) and isinstance(said.get("format"), int) and said["format"] > FORMAT:
        raise NewerBackup(folder=folder, version=version, what="format", found=said["format"], known=FORMAT)
    try:
        manifest = Manifest.model_validate(said)
    except ValidationError as wrong:
        place = ".".join(map(str, wrong.errors()[0]["loc"]))
        raise BrokenManifest(folder=folder, reason=f"{NAME}: {place}") from None
    for database in manifest.databases:
        _check_schema(folder, version, database)
    return manifest


def _check_schema(folder: Path, version: str, database: Database) -> None:
    name = database.service
    if name not in MODULES:
        raise NewerBackup(folder=folder, version=version, what="service", found=name, known=", ".join(MODULES))
    known = known_schema(manifest_of(name).steps)
    if database.schema_number > known:
        found = database.schema_number
        raise NewerBackup(folder=folder, version=version, what=f"schema of {name}", found=found, known=known)


def verify(folder: Path, manifest: Manifest) -> None:
    """Look at every byte. Raises `BrokenBackup` with the first file that is not as it was written."""
    for file in manifest.files:
        path = folder / file.path
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside or not path.is_file() or path.stat().st_size != file.bytes or sha256_of(path) != file.sha256:
            raise BrokenBackup(folder=folder, file=file.path)


def sha256_of(path: Path) -> str:
    """Of a file's content, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_PART):
            digest.update(part)
    return digest.hexdigest()


def stamp(moment: datetime) -> str:
    """A moment as part of a file's name."""
    return f"{moment:%Y%m%d-%H%M%S}"
