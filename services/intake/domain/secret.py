"""The secret with which someone without an account follows a complaint: 130 random bits that can be read aloud.

Only its hash is stored. SHA-256 without a salt is the right one: there is nothing to guess, as with API keys.
"""

from hashlib import sha256
from hmac import compare_digest
from typing import Final

BYTES: Final = 17
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that looks like a number."""
_LETTERS: Final = 26
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_NOBODY: Final = sha256(b"").hexdigest()


def write_secret(random: bytes) -> str:
    """The secret as its holder sees it, such as `7K2M-9XQ4-…`; `random` has 17 bytes, of which 130 bits are used."""
    if len(random) != BYTES:
        raise ValueError(f"a secret is made of {BYTES} random bytes")
    number = int.from_bytes(random, "big")
    signs = "".join(_SIGNS[number >> 5 * place & 31] for place in range(_LETTERS))
    groups = [signs[start : start + 4] for start in range(0, 20, 4)]
    return "-".join([*groups, signs[20:]])


def hash_of_secret(written: str) -> str:
    """What is stored of a secret; how it was written (case, hyphens, O for 0) makes no difference."""
    return sha256(_plain(written).encode()).hexdigest()


def is_secret(written: str, stored: str | None) -> bool:
    """Whether this is the secret; takes as long where there is none."""
    return compare_digest(hash_of_secret(written), stored or _NOBODY) and stored is not None and bool(_plain(written))


def _plain(written: str) -> str:
    return "".join(written.upper().split()).translate(_MISREAD)
