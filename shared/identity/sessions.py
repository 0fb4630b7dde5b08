"""Sessions of people: a cookie that names person, session and when it began, encrypted and signed (AES-GCM).

It says nothing about what the person may: every service asks its own copy for that, at every request.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import orjson

from shared.privacy.vault import Vault, VaultError

SESSION_AGE: Final = timedelta(hours=12)
"""A working day with its overtime; after it a person signs in again."""

_PURPOSE: Final = "session"
_LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of one person in one browser."""

    id: str
    person: str
    began_at: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether its time is up, or has not come (a cookie from a clock that was wrong)."""
        return not self.began_at - timedelta(minutes=5) <= now < self.began_at + SESSION_AGE


def write_session(session: Session, vault: Vault) -> str:
    """The cookie's value."""
    began = round(session.began_at.timestamp() * 1000)
    sealed = vault.seal(orjson.dumps([session.id, session.person, began]), _PURPOSE)
    return urlsafe_b64encode(sealed).rstrip(b"=").decode()


def read_session(value: str, vault: Vault) -> Session | None:
    """The session that a cookie names; None for anything that we did not write."""
    if len(value) > _LONGEST or not value.isascii():
        return None
    try:
        plain = vault.open(urlsafe_b64decode(value + "=" * (-len(value) % 4)), _PURPOSE)
    except (ValueError, VaultError):
        return None
    id, person, began = orjson.loads(plain)
    return Session(id, person, datetime.fromtimestamp(began / 1000, UTC))
