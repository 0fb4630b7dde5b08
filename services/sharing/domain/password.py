"""Passwords: what is asked of one, and how it is kept (scrypt, RFC 7914). Slow on purpose: call it in a thread."""

import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import scrypt
from hmac import compare_digest
from typing import Final

from services.sharing.domain.person import name_key
from services.sharing.domain.refusals.coming_in import CommonPassword, PasswordTooLong, WeakPassword
from services.sharing.domain.rules import PasswordRules

SALT_BYTES: Final = 16
HASH_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """Parameters of scrypt: 128·n·r bytes of memory, p times over. The least that OWASP names with 16 MiB."""

    n: int = 2**14
    r: int = 8
    p: int = 5


USUAL: Final = Cost()


def hash_password(password: str, salt: bytes, cost: Cost = USUAL) -> str:
    """What is kept of a password, with everything that is needed to check one later."""
    kept = (b64encode(part).decode() for part in (salt, _hashed(password, salt, cost)))
    return "$".join(("scrypt", str(cost.n), str(cost.r), str(cost.p), *kept))


def is_password(password: str, kept: str) -> bool:
    """Whether this is the password of which `kept` is kept."""
    _, n, r, p, salt, hashed = kept.split("$")
    presented = _hashed(password, b64decode(salt), Cost(int(n), int(r), int(p)))
    return compare_digest(presented, b64decode(hashed))


def check_password(password: str, names: tuple[str, ...], rules: PasswordRules) -> None:
    """Refuse a password that is too short, too long, everybody's first try, or made of who chooses it (`names`)."""
    if len(password) < rules.least:
        raise WeakPassword("password", least=rules.least)
    if len(password) > rules.most:
        raise PasswordTooLong("password", most=rules.most)
    plain = _plain(password)
    guessed = [*rules.refused, *(part for name in names if len(part := _plain(name)) > 2)]
    if len(set(plain)) < rules.least_different or any(
        word in plain and len(plain) - len(word) < rules.least - 2 for word in guessed
    ):
        raise CommonPassword("password")


def _plain(text: str) -> str:
    return name_key(text).replace(" ", "")


def _hashed(password: str, salt: bytes, cost: Cost) -> bytes:
    plain = unicodedata.normalize("NFKC", password).encode()
    memory = 128 * cost.n * cost.r * 2
    return scrypt(plain, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=memory, dklen=HASH_BYTES)
