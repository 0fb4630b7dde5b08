"""Failed sign-ins under one name, known or not: after too many of them nobody is heard under it for a while."""

from datetime import datetime
from math import ceil
from typing import ClassVar

from services.sharing.domain.refusals.coming_in import Locked
from services.sharing.domain.rules import SignInRules
from shared.db.aggregate import Aggregate, Document, index

FORGOTTEN_AFTER = 86400


class Attempts(Aggregate):
    """Under one name. Its id is a keyed hash, because people also type other things into that field."""

    collection: ClassVar[str] = "attempts"
    indexes: ClassVar[tuple[Document, ...]] = (index("last_at", name="old", expireAfterSeconds=FORGOTTEN_AFTER),)

    failures: int = 0
    last_at: datetime
    locked_until: datetime | None = None


def count_attempt(attempts: Attempts, rules: SignInRules, now: datetime) -> None:
    """Count this attempt as failed before anything is known of it. Raises `Locked`.

    It is taken back when it succeeds. Counting first means that many attempts at once are not free.
    """
    if attempts.locked_until is not None and now < attempts.locked_until:
        raise Locked(minutes=ceil((attempts.locked_until - now).total_seconds() / 60))
    if attempts.locked_until is not None or now - attempts.last_at > rules.within:
        attempts.failures, attempts.locked_until = 0, None
    attempts.failures, attempts.last_at = attempts.failures + 1, now
    if attempts.failures >= rules.failures:
        attempts.locked_until = now + rules.locked
