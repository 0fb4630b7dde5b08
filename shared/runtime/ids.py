"""Ids: random for what people start, derived for what follows from it."""

from collections.abc import Callable
from hashlib import sha1
from os import urandom
from uuid import UUID

_SPACE_BYTES = UUID("6f1c3f0e-9a55-4d0e-8f57-0c6d0a7c0c35").bytes

NewId = Callable[[], str]


def random_id() -> str:
    """An id for something that a request starts."""
    return _written(urandom(16), 4)


def derived_id(*parts: object) -> str:
    """The uuid5 (RFC 9562) of its parts (consumer, causing event, n): the same whenever it is made again."""
    return _written(sha1(_SPACE_BYTES + "\x1f".join(map(str, parts)).encode()).digest()[:16], 5)


def _written(random: bytes, version: int) -> str:
    """A UUID (RFC 9562) in its usual form; the class of the standard library takes four times as long."""
    plain = bytearray(random)
    plain[6] = plain[6] & 0x0F | version << 4
    plain[8] = plain[8] & 0x3F | 0x80
    digits = plain.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
