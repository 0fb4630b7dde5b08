"""The timeline (진행 이력): one entry for each happening, in order; the first ones the complaint tells itself."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from pydantic import Field

from services.intake.domain.card import Card, Details, What, Written
from services.intake.domain.complaint import Complaint
from services.intake.domain.sides import FIRST_ENTRIES
from shared.contracts.because import Because
from shared.db.aggregate import Aggregate, Document, index


class Entry(Aggregate):
    """One happening. `place` counts within the complaint from 1; `by` is a person's id, `customer` or `system`.

    `text` (a reason, a comment) is masked. Never changed once it is written.
    """

    collection: ClassVar[str] = "entries"
    indexes: ClassVar[tuple[Document, ...]] = (index("complaint_id", "place", unique=True),)

    complaint_id: str
    place: int
    at: datetime
    what: What
    by: str
    department: str | None = None
    text: str | None = None
    details: Details = Field(default_factory=dict)
    because: list[Because] = Field(default_factory=list)


def entry(id: str, card: Card, written: Written) -> Entry:
    """The next entry of a card's timeline."""
    complaint = card.complaint
    complaint.entries += 1
    return Entry(
        id=id,
        complaint_id=complaint.id,
        place=complaint.entries,
        at=card.now,
        what=written.what,
        by=written.by,
        department=written.department,
        text=written.text,
        details=written.details,
        because=list(written.because),
    )


def first_entries(complaint: Complaint) -> Iterator[Entry]:
    """What happened when it was filed, told by the complaint itself so that filing writes nothing more."""
    category = _at_first(complaint, "category") or complaint.category
    severity = _at_first(complaint, "severity") or complaint.severity
    filer = complaint.filed_by or "customer"
    yield _first(complaint, 1, "received", filer, {"channel": complaint.channel}, [])
    decided: Details = {"category": category, "severity": severity}
    yield _first(complaint, 2, "classified", "system", decided, complaint.because)
    if complaint.departments and not complaint.imported:
        called: Details = {"departments": [routed.department for routed in complaint.departments]}
        reasons = [reason for routed in complaint.departments for reason in routed.because]
        yield _first(complaint, FIRST_ENTRIES, "assigned", "system", called, reasons)


def _at_first(complaint: Complaint, field: str) -> str | None:
    """What the machine decided, before a person corrected it."""
    return next((override.before for override in complaint.overrides if override.field == field), None)


def _first(complaint: Complaint, place: int, what: What, by: str, details: Details, because: list[Because]) -> Entry:
    return Entry(
        id=f"{complaint.id}-{place}",
        complaint_id=complaint.id,
        place=place,
        at=complaint.filed_at,
        what=what,
        by=by,
        details=details,
        because=because,
    )
