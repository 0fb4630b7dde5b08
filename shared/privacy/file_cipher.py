"""Files at rest: AES-GCM piece by piece under a key of the file's own, so that no size needs its memory.

The nonce counts the pieces and says which is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
Vizár, 2015): a piece that is missing, moved or cut off does not open. A key seals one file once, never two.
"""

import os
from collections.abc import AsyncIterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.privacy.vault import KEY_BYTES, RandomBytes, VaultError

TAG: Final = 16
_COUNTER: Final = 11


def new_file_key(random: RandomBytes = os.urandom) -> bytes:
    """A key for one file."""
    return random(KEY_BYTES)


class FileCipher:
    """Seals and opens the pieces of one file, numbered from 0; a sealed piece is 16 bytes longer."""

    def __init__(self, key: bytes) -> None:
        self._key = AESGCM(key)

    def seal(self, number: int, piece: bytes, *, last: bool) -> bytes:
        """Encrypted; `last` is part of what is authenticated."""
        return self._key.encrypt(_nonce(number, last), piece, None)

    def open(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        """What was sealed as this piece; raises `VaultError`."""
        try:
            return self._key.decrypt(_nonce(number, last), sealed, None)
        except InvalidTag:
            raise VaultError("This piece of a file was moved, cut off, changed, or sealed under another key.") from None


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(_COUNTER, "big") + bytes([last])


async def sealed_pieces(plain: AsyncIterator[bytes], cipher: FileCipher, size: int) -> AsyncIterator[bytes]:
    """A file in sealed pieces of `size` bytes each, but for the last; an empty file is one empty piece."""
    held, number = bytearray(), 0
    async for piece in plain:
        held += piece
        while len(held) > size - TAG:
            yield cipher.seal(number, bytes(held[: size - TAG]), last=False)
            del held[: size - TAG]
            number += 1
    yield cipher.seal(number, bytes(held), last=True)


async def opened_pieces(sealed: AsyncIterator[tuple[bytes, bool]], cipher: FileCipher) -> AsyncIterator[bytes]:
    """The file again, out of its sealed pieces, each with whether it is the last; raises `VaultError`."""
    number, ended = 0, False
    async for piece, last in sealed:
        yield cipher.open(number, piece, last=last)
        number, ended = number + 1, last
    if not ended:
        raise VaultError("This file has no end: a piece of it is missing.")
