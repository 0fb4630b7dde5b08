"""The accounts of the sample organisation: one person a role with an API key, kept from start to start."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from shared.identity.api_keys import KeyRecord, hash_of, write_key
from shared.identity.key_file import write_keys
from shared.identity.organisation import Organisation, Person
from shared.identity.principal import ROLES

SYSTEM: Final = "system"
SCOPES: Final = frozenset({"complaints:read", "complaints:write", "issues:read", "events:read"})


@dataclass(frozen=True, slots=True)
class Account:
    """Who acts in a role, and their API key."""

    role: str
    name: str
    api_key: str
    record: KeyRecord


def accounts_of(organisation: Organisation, known: dict[str, Any]) -> list[Account]:
    """One account a role, and one for a program; keys that `known` (of an earlier start) holds stay."""
    made = []
    for role in sorted(ROLES):
        # Who has the fewest other roles shows best what the role alone may do.
        person = min(organisation.with_role(role), key=lambda p: len(p.roles), default=None)
        if person is not None:
            made.append(_account(role, person, _known_key(known, role)))
    return [*made, _system(_known_key(known, SYSTEM))]


def _account(role: str, person: Person, known: str | None) -> Account:
    key = known or _new_key(role)
    record = KeyRecord(
        id=_id(role),
        secret_hash=hash_of(key),
        holder=person.id,
        name=person.name,
        roles=frozenset(person.roles),
        kind="person",
        department=person.department,
    )
    return Account(role, person.name, key, record)


def _system(known: str | None) -> Account:
    key = known or _new_key(SYSTEM)
    record = KeyRecord(SYSTEM, hash_of(key), "sample-system", "Sample system", SCOPES)
    return Account(SYSTEM, "Sample system", key, record)


def _id(role: str) -> str:
    return role.replace("_", "-")


def _new_key(role: str) -> str:
    return write_key(_id(role), secrets.token_bytes(32))


def _known_key(known: dict[str, Any], role: str) -> str | None:
    key = known.get(role, {}).get("api_key")
    return key if isinstance(key, str) and key.startswith(f"ccms_{_id(role)}_") else None


def read_known(run_file: Path) -> dict[str, Any]:
    """The accounts that an earlier start wrote down; none when there was none."""
    try:
        accounts = json.loads(run_file.read_bytes())["accounts"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return accounts if isinstance(accounts, dict) else {}


def write_key_file(path: Path, accounts: Iterable[Account]) -> None:
    """The hashes, as every service reads them."""
    write_keys(path, [account.record for account in accounts])
