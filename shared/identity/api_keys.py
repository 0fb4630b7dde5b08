"""API keys `ccms_<id>_<secret>`: how one is made, what is stored of it, how it is recognised.

The secret is 32 random bytes, so a plain SHA-256 is the right hash: there is nothing to guess that a slow
password hash would have to protect, and a slow hash would cost every request its tenths of a second.
"""

import asyncio
import re
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Final, Literal

from shared.identity.principal import Principal

SECRET_BYTES: Final = 32
FRESH_SECONDS: Final = 4.0
"""How old the copy may be: with the time one request takes, a revoked key is refused within 5 s."""

_KEY: Final = re.compile(r"ccms_([a-z0-9-]{1,40})_([A-Za-z0-9_-]{43})")
_NOBODY: Final = sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What is stored of a key: `secret_hash` is its secret's SHA-256 in hex. A revoked key has no record."""

    id: str
    secret_hash: str
    holder: str
    name: str
    roles: frozenset[str]
    kind: Literal["person", "system"] = "system"
    department: str = ""

    def principal(self) -> Principal:
        """The one whose key this is."""
        return Principal(self.holder, self.name, self.roles, self.kind, self.department)


def write_key(key_id: str, secret: bytes) -> str:
    """The key as its holder gets it, once. `key_id`: a-z, 0-9 and hyphens; `secret`: 32 random bytes."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"an API key's secret is {SECRET_BYTES} random bytes, not {len(secret)}")
    key = f"ccms_{key_id}_{urlsafe_b64encode(secret).rstrip(b'=').decode()}"
    if not _KEY.fullmatch(key):
        raise ValueError("an API key's id is of a-z, 0-9 and hyphens, at most 40")
    return key


def hash_of(key: str) -> str:
    """What is stored of a key that `write_key` made: hex SHA-256 of its secret. Raises `ValueError`."""
    parts = _KEY.fullmatch(key)
    if parts is None:
        raise ValueError("an API key has the form ccms_<id>_<secret>")
    return _hash(parts[2])


def verify(presented: str, records: Mapping[str, KeyRecord]) -> Principal | None:
    """The holder of the presented key, or None. An unknown id takes as long as a wrong secret."""
    parts = _KEY.fullmatch(presented)
    if parts is None:
        return None
    record = records.get(parts[1])
    same = compare_digest(_hash(parts[2]), record.secret_hash if record else _NOBODY)
    return record.principal() if record and same else None


class KeyRing:
    """The keys that are valid, as a copy in memory never older than `FRESH_SECONDS`.

    `load` gives all valid records; its error reaches the one who asks (no key is accepted on an old copy).
    `seconds` is a monotonic clock.
    """

    def __init__(self, load: Callable[[], Awaitable[Iterable[KeyRecord]]], seconds: Callable[[], float]) -> None:
        self._load, self._seconds = load, seconds
        self._records: dict[str, KeyRecord] = {}
        self._as_of = float("-inf")
        self._loading = asyncio.Lock()

    async def verify(self, presented: str) -> Principal | None:
        """The holder of the presented key, or None."""
        if self._is_old():
            await self._refresh()
        return verify(presented, self._records)

    async def _refresh(self) -> None:
        async with self._loading:
            if not self._is_old():
                return
            as_of = self._seconds()
            self._records = {record.id: record for record in await self._load()}
            self._as_of = as_of

    def _is_old(self) -> bool:
        return self._seconds() - self._as_of > FRESH_SECONDS


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
