"""API keys in a file: id, hash, holder, roles. Written whole and moved into place; read again when it is old."""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from shared.identity.api_keys import KeyRecord


class KeyFileError(Exception):
    """The file of API keys cannot be read; the text says what is wrong in it."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    secret_hash: str
    holder: str
    name: str
    roles: list[str]
    kind: str = "system"
    department: str = ""


_ROWS = TypeAdapter(list[_Row])


def read_keys(path: Path) -> list[KeyRecord]:
    """Every valid key; none when there is no file. Raises `KeyFileError`."""
    try:
        rows = _ROWS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return []
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise KeyFileError(f"{path.name}: {place}: {first['msg']}") from None
    return [
        KeyRecord(
            r.id,
            r.secret_hash,
            r.holder,
            r.name,
            frozenset(r.roles),
            "person" if r.kind == "person" else "system",
            r.department,
        )
        for r in rows
    ]


def write_keys(path: Path, keys: Iterable[KeyRecord]) -> None:
    """Replace the file; readable by its owner only."""
    rows = [
        _Row(
            id=k.id,
            secret_hash=k.secret_hash,
            holder=k.holder,
            name=k.name,
            roles=sorted(k.roles),
            kind=k.kind,
            department=k.department,
        )
        for k in keys
    ]
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(_ROWS.dump_json(rows, indent=1))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


async def load_keys(path: Path | None) -> list[KeyRecord]:
    """For a `KeyRing`."""
    return await asyncio.to_thread(read_keys, path) if path is not None else []
