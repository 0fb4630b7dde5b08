"""The API's list of complaints: one filter is answered by an index of MongoDB, several beside each other by the roster.

MongoDB serves several filters by one index and looks through what that finds: for filters that seldom meet that is most
of a million complaints (docs/adr/0016-queue-in-memory.md). The roster says which in which order, MongoDB how they are.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from services.intake.domain.complaint import Complaint
from services.intake.domain.roster import FARTHEST, Roster
from services.intake.domain.rows import NEVER, Days, Place, Question
from services.intake.domain.selection import ANY, NOBODY, NONE, Facet, Order, Selection
from services.intake.repository.complaints import OF_OPEN_ONES, Complaints, Filters

FACET_OF: Final[dict[str, Facet]] = {
    "category": "category", "severity": "severity", "product_code": "product", "channel": "channel", "state": "state",
    "cause_state": "cause", "department": "owes", "assignee": "assignee", "issue": "issue",
}  # fmt: skip
OF_THE_QUEUE: Final = {ANY, NONE, NOBODY}
"""Values that only the queue's page knows."""
MOST_ROUNDS: Final = 4
"""How often more is asked for when what the roster named is something else by now."""
Behind = tuple[datetime, str] | None
_NO_DAYS: Final = Days(0, 0, 0)
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Listing:
    """Pages for a reader; `roster` only if it knows every complaint as it was a moment ago."""

    def __init__(self, complaints: Complaints, roster: Roster | None) -> None:
        self._complaints, self._roster = complaints, roster

    async def newest(self, filters: Filters, after: Behind, limit: int) -> list[Complaint]:
        """Complaints, newest first; `filters` as in `STORED`, `after` is (filed_at, id)."""
        found = None
        if self._roster is not None and len(filters) > 1 and _are_known(filters):
            place = None if after is None else (-_milliseconds(after[0]), after[1])
            found = await self._known(self._roster, _selection(filters, "newest"), filters, place, limit, FARTHEST)
        return await self._complaints.page(filters, after, limit) if found is None else found

    async def due(self, before: datetime, filters: Filters, after: Behind, limit: int) -> list[Complaint]:
        """Open complaints of which a clock ends before a moment, the first to end first; `after` is (due_at, id)."""
        found, open_ones = None, {**filters, "open": "true"}
        if self._roster is not None and filters and filters.get("open") != "false" and _are_known(filters):
            place = None if after is None else (_milliseconds(after[0]), after[1])
            end = _milliseconds(before)
            found = await self._known(self._roster, _selection(open_ones, "due"), open_ones, place, limit, end)
        return await self._complaints.due(before, filters, after, limit) if found is None else found

    async def _known(
        self, roster: Roster, wanted: Selection, filters: Filters, after: Place | None, limit: int, end: int
    ) -> list[Complaint] | None:
        """So many between two places, without those that are others, or elsewhere, by now: their turn is when the
        roster knows. None when there are many of them.
        """
        found: list[Complaint] = []
        for _ in range(MOST_ROUNDS):
            # Where they stand is asked in the same turn: while MongoDB is asked the roster may learn otherwise.
            named = [(id, roster.place(id, wanted.order)) for id in _page(roster, wanted, after, limit)]
            within = {id: place for id, place in named if place[0] < end}
            rows = await self._complaints.those(list(within), filters)
            found += [rows[id] for id, place in within.items() if id in rows and _place(rows[id], wanted) == place]
            if len(within) < limit or len(found) >= limit:
                return found[:limit]
            after = named[-1][1]
        return None


def _page(roster: Roster, wanted: Selection, after: Place | None, limit: int) -> list[str]:
    return roster.page(Question(wanted, _NO_DAYS), after, limit)


def _are_known(filters: Filters) -> bool:
    """Whether the roster means by them what MongoDB does."""
    if filters.get("open") == "false" and OF_OPEN_ONES & filters.keys():
        return False
    return not OF_THE_QUEUE & set(filters.values())


def _selection(filters: Filters, order: Order) -> Selection:
    """What the roster is asked. Not checked again: a value that none has finds none."""
    otherwise = "open" if OF_OPEN_ONES & filters.keys() else "all"
    said: dict[str, object] = {FACET_OF[name]: (value,) for name, value in filters.items() if name in FACET_OF}
    said["which"] = {"true": "open", "false": "closed"}.get(filters.get("open", ""), otherwise)
    return Selection(order=order).model_copy(update=said)


def _place(complaint: Complaint, wanted: Selection) -> Place:
    """Where it stands now."""
    if wanted.order == "newest":
        return -_milliseconds(complaint.filed_at), complaint.id
    return _milliseconds(complaint.due_at) if complaint.due_at else NEVER, complaint.id


def _milliseconds(moment: datetime) -> int:
    return (moment - _BEGINNING) // timedelta(milliseconds=1)
