"""Writing down what happened to people, accounts and keys."""

from services.sharing.domain.access_log import LogEntry, What
from services.sharing.repository.uow import SharingUow


def note(about: str, what: What, uow: SharingUow, detail: str = "", *, by: str | None = None) -> None:
    """One thing that happened now; `by` where nobody was signed in yet."""
    entry = LogEntry(id=uow.new_id(), about=about, what=what, by=by or uow.by, at=uow.now, detail=detail)
    uow.add(entry)
