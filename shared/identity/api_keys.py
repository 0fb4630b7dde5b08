"""API keys `ccms_<id>_<secret>`: how one is made, what is stored of it, how it is recognised.

The secret is 32 random bytes, so a plain SHA-256 is the right hash: there is nothing to guess that a slow
password hash would have to protect, and a slow hash would cost every request its tenths of a second.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from shared.contracts.access import KeyFacts

SECRET_BYTES: Final = 32
KEY_ID: Final = r"[a-z0-9-]{1,40}"

_KEY: Final = re.compile(rf"ccms_({KEY_ID})_([A-Za-z0-9_-]{{43}})")
_NOBODY: Final = sha256(b"").hexdigest()


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


def recognise(presented: str, keys: Mapping[str, KeyFacts]) -> KeyFacts | None:
    """What is known of the presented key, None unless it is valid. An unknown id takes as long as a wrong secret."""
    parts = _KEY.fullmatch(presented)
    if parts is None:
        return None
    known = keys.get(parts[1])
    same = compare_digest(_hash(parts[2]), known.hash if known else _NOBODY)
    return known if known and same and not known.revoked else None


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
