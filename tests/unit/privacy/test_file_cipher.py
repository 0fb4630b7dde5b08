"""A file at rest opens whole or not at all."""

from collections.abc import AsyncIterator

import pytest

from shared.privacy.file_cipher import TAG, FileCipher, new_file_key, opened_pieces, sealed_pieces
from shared.privacy.vault import VaultError

SIZE = 1000
Sealed = list[bytes]


async def each(pieces: list[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def marked(sealed: Sealed) -> AsyncIterator[tuple[bytes, bool]]:
    for place, piece in enumerate(sealed):
        yield piece, place == len(sealed) - 1


async def seal(content: bytes, key: bytes, step: int = 333) -> Sealed:
    pieces = [content[start : start + step] for start in range(0, len(content), step)]
    return [piece async for piece in sealed_pieces(each(pieces), FileCipher(key), SIZE)]


async def opened(sealed: Sealed, key: bytes) -> bytes:
    return b"".join([piece async for piece in opened_pieces(marked(sealed), FileCipher(key))])


@pytest.mark.parametrize("length", [0, 1, SIZE - TAG - 1, SIZE - TAG, SIZE - TAG + 1, 5 * SIZE, 12_345])
async def test_what_was_sealed_opens_again_in_pieces_of_one_size(length: int) -> None:
    key, content = new_file_key(), bytes(n % 251 for n in range(length))
    sealed = await seal(content, key)
    assert all(len(piece) == SIZE for piece in sealed[:-1])
    assert len(sealed[-1]) <= SIZE
    assert await opened(sealed, key) == content


async def test_nothing_of_the_content_can_be_seen() -> None:
    sealed = await seal("홍길동 진단서".encode() * 200, new_file_key())
    assert not any("홍길동".encode() in piece for piece in sealed)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s[:-1],
        lambda s: s[1:],
        lambda s: [s[1], s[0], *s[2:]],
        lambda s: [*s, s[-1]],
        lambda s: [*s[:-1], s[-1][:-1]],
        lambda s: [s[0][:5] + bytes([s[0][5] ^ 1]) + s[0][6:], *s[1:]],
        lambda _: [],
    ],
    ids=["cut", "headless", "swapped", "doubled", "shortened", "changed", "gone"],
)
async def test_a_file_that_was_touched_does_not_open(change: object) -> None:
    assert callable(change)
    key = new_file_key()
    sealed = await seal(bytes(4 * SIZE), key)
    with pytest.raises(VaultError):
        await opened(change(sealed), key)


async def test_another_key_opens_nothing() -> None:
    with pytest.raises(VaultError):
        await opened(await seal(b"x", new_file_key()), new_file_key())
