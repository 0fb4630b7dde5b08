"""Encryption at rest: AES-GCM under a data key per person, and the data keys wrapped by one master key.

Whoever destroys a person's data key has erased the person, in every backup too.
"""

import hmac
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
PERSON = "person"
"""What a person's data key is sealed for."""
_NONCE = 12

RandomBytes = Callable[[int], bytes]


class VaultError(Exception):
    """The master key is missing or wrong, or what was sealed was changed; the text says what to do."""


class Vault:
    """Seals under the master key, opens under it and those before it, and makes the keys of persons."""

    def __init__(self, master: bytes, *former: bytes, random: RandomBytes = os.urandom) -> None:
        for key in (master, *former):
            if len(key) != KEY_BYTES:
                raise VaultError(f"The master key has {len(key)} bytes; it needs {KEY_BYTES}.")
        self._master, self._random = AESGCM(master), random
        self._former = [AESGCM(key) for key in former]
        self._marking = hmac.digest(master, b"marks", "sha256")

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Encrypted under the master key; `purpose` has to be the same when it is opened."""
        nonce = self._random(_NONCE)
        return nonce + self._master.encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """What was sealed; raises `VaultError`."""
        for key in (self._master, *self._former):
            with suppress(VaultError):
                return _open(key, sealed, purpose)
        raise VaultError("This was sealed under another key, for another purpose, or was changed.")

    def renew(self, sealed: bytes, purpose: str) -> bytes | None:
        """The same under the master key; None where it is under it already. Raises `VaultError`."""
        with suppress(VaultError):
            _open(self._master, sealed, purpose)
            return None
        return self.seal(self.open(sealed, purpose), purpose)

    def mark(self, text: str, purpose: str) -> str:
        """The same for the same text and purpose, and nobody without the master key can tell from which text."""
        return hmac.digest(self._marking, f"{purpose}\n{text}".encode(), "sha256").hex()

    def new_person(self) -> "tuple[bytes, Person]":
        """A new data key, wrapped, to be stored beside what it seals; and the one whose it is."""
        key = self._random(KEY_BYTES)
        return self.seal(key, PERSON), Person(AESGCM(key), self._random)

    def person(self, wrapped: bytes) -> "Person":
        """The one whose data key this is."""
        return Person(AESGCM(self.open(wrapped, PERSON)), self._random)


class Person:
    """Seals and opens under one person's data key."""

    def __init__(self, key: AESGCM, random: RandomBytes) -> None:
        self._key, self._random = key, random

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Encrypted under this person's key."""
        nonce = self._random(_NONCE)
        return nonce + self._key.encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """What was sealed; raises `VaultError`."""
        return _open(self._key, sealed, purpose)


def _open(key: AESGCM, sealed: bytes, purpose: str) -> bytes:
    try:
        return key.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
    except (InvalidTag, ValueError):  # ValueError: too short to be sealed at all
        raise VaultError("This was sealed under another key, for another purpose, or was changed.") from None


def read_master_keys(path: Path | None) -> list[bytes]:
    """The keys in a file: 32 bytes, or lines of 64 hex digits, the master key first. Raises `VaultError`."""
    if path is None:
        raise VaultError("CCMS_MASTER_KEY_FILE: name a file with the master key, 32 random bytes or 64 hex digits.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise VaultError(f"CCMS_MASTER_KEY_FILE: {path} cannot be read ({error.strerror}).") from None
    if len(content) == KEY_BYTES:
        return [content]
    text = content.decode(errors="replace")
    lines = [text] if _is_one_key(text) else text.split()
    wrong = [number for number, line in enumerate(lines, 1) if not _is_one_key(line)]
    if wrong or not lines:
        where = f" (line {wrong[0]})" if len(lines) > 1 else ""
        raise VaultError(f"CCMS_MASTER_KEY_FILE: {path} holds neither 32 bytes nor lines of 64 hex digits{where}.")
    return [bytes.fromhex(line) for line in lines]


def _is_one_key(text: str) -> bool:
    """Digits of one key, whatever blanks and ends of lines the program that wrote them has put between."""
    try:
        return len(bytes.fromhex(text)) == KEY_BYTES
    except ValueError:
        return False


def make_master_key(path: Path) -> None:
    """Write a new master key, readable by its owner only; leaves one that is there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
