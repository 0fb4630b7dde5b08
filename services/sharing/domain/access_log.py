"""What happened to accounts and keys: written once, never changed, kept as long as the law wants it."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from shared.db.aggregate import Aggregate, Document, index
from shared.language.i18n import _

KEPT_SECONDS: Final = 2 * 366 * 86400
"""Two years: 개인정보의 안전성 확보조치 기준 art. 8 (records of access)."""

What = Literal[
    "added", "changed", "left", "came_back", "opened", "password_given", "password_changed", "signed_in", "failed",
    "locked", "signed_out", "signed_out_everywhere", "blocked", "let_in", "key_made", "key_revoked", "closed",
]  # fmt: skip

SENTENCES: Final[dict[str, str]] = {
    "added": _("Added to the directory"),
    "changed": _("Changed: {detail}"),
    "left": _("Marked as having left"),
    "came_back": _("Marked as working here again"),
    "opened": _("Account opened"),
    "password_given": _("Was given a new password"),
    "password_changed": _("Changed the password"),
    "signed_in": _("Signed in"),
    "failed": _("Sign-in failed"),
    "locked": _("Locked after too many failed sign-ins"),
    "signed_out": _("Signed out"),
    "signed_out_everywhere": _("Signed out everywhere"),
    "blocked": _("Sign-in blocked"),
    "let_in": _("Sign-in allowed again"),
    "key_made": _("API key {detail} made"),
    "key_revoked": _("API key {detail} revoked"),
    "closed": _("Closed; taken over by {detail}"),
}


class LogEntry(Aggregate):
    """One thing that happened to `about` (a person's, department's or key's id). `by`: who did it, by id."""

    collection: ClassVar[str] = "access_log"
    indexes: ClassVar[tuple[Document, ...]] = (
        index("about", "-at", "-_id"),
        index("at", name="old", expireAfterSeconds=KEPT_SECONDS),
    )

    about: str
    what: What
    by: str
    at: datetime
    detail: str = ""
