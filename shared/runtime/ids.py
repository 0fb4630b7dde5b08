"""Ids: random for what people start, derived for what follows from it."""

from collections.abc import Callable
from hashlib import sha1
from uuid import UUID, uuid4

_SPACE = UUID("6f1c3f0e-9a55-4d0e-8f57-0c6d0a7c0c35")

NewId = Callable[[], str]


def random_id() -> str:
    """An id for something that a request starts."""
    return str(uuid4())


def derived_id(*parts: object) -> str:
    """The uuid5 (RFC 9562) of its parts (consumer, causing event, n): the same whenever it is made again."""
    digest = bytearray(sha1(_SPACE.bytes + "\x1f".join(map(str, parts)).encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    plain = digest.hex()
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"
