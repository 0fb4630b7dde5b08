"""Who looked at personal data, when, and at what: written with the look itself, never changed afterwards."""

from datetime import datetime
from typing import ClassVar, Literal

from services.intake.domain.attachment import Attachment
from services.intake.domain.complaint import Complaint
from shared.db.aggregate import Aggregate, Document, index
from shared.identity.principal import Principal

READERS = frozenset({"agent", "cs_manager", "safety_officer"})
"""Roles that see the files of every complaint; departments that are called on see those of theirs."""


class Access(Aggregate):
    """One look (개인정보의 안전성 확보조치 기준 8: who, when, what)."""

    collection: ClassVar[str] = "accesses"
    indexes: ClassVar[tuple[Document, ...]] = (index("-at", "-_id"),)

    at: datetime
    by: str
    what: Literal["attachment", "original", "contact"]
    subject: str
    complaint_id: str
    purpose: str | None = None


def may_open_files(who: Principal, complaint: Complaint) -> bool:
    """Whether someone may open what is attached: those who answer it, and the departments called on."""
    called = {routed.department for routed in complaint.departments}
    called |= {subcase.department for subcase in complaint.subcases}
    return bool(who.roles & READERS) or (who.kind == "person" and who.department in called)


def access_of(id: str, attachment: Attachment, by: str, now: datetime) -> Access:
    """The row of one look at a file."""
    return Access(
        id=id, at=now, by=by, what="attachment", subject=attachment.id, complaint_id=attachment.complaint_id or ""
    )
