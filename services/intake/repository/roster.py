"""This process's roster of all complaints: read from the database once, then told of each change."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, Self

from services.intake.domain.complaint import Complaint
from services.intake.domain.roster import Roster
from services.intake.domain.rows import NEVER, Mark, Row
from services.intake.domain.selection import ANY, NOBODY, NONE
from shared.db.changes import Changes, Listening
from shared.db.client import Mongo, StoreError
from shared.db.newest import behind, newest
from shared.obs.log import logger

MOST: Final = 1_000_000
"""The newest so many are kept, some 80 bytes each; older ones are found by number and by search."""
ROOM: Final = 250_000
"""So many may come until it is read anew without the oldest."""
AT_ONCE: Final = 1_000
AGAIN: Final = 1.0
SPREAD: Final = 0.001
"""Seconds left to requests between two reads."""
FIELDS: Final = dict.fromkeys(
    (
        "version", "filed_at", "due_at", "open", "state", "cause_state", "severity", "category", "product_code",
        "channel", "kind", "issue_id", "owner", "people", "waits_for", "departments.department", "subcases.department",
    ),
    1,
)  # fmt: skip


class Rosters:
    """The queries behind it."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def newest(self, after: tuple[datetime, str] | None, limit: int) -> list[dict[str, Any]]:
        """What a roster knows of complaints, newest first."""
        query, order = behind("filed_at", after), newest("filed_at")
        return await self._mongo.find(Complaint.collection, query, sort=order, limit=limit, fields=FIELDS)

    async def these(self, ids: list[str]) -> list[dict[str, Any]]:
        """The same of some."""
        return await self._mongo.find(Complaint.collection, {"_id": {"$in": ids}}, fields=FIELDS)


class LiveRoster:
    """Filled once, then told by MongoDB of every change of every process; filled anew when one may have been missed."""

    def __init__(self, rosters: Rosters, listening: Listening) -> None:
        self._rosters, self._listening = rosters, listening
        self._roster = Roster()
        self._filled = asyncio.Event()
        self._in_step = self._leaves_out = False

    @classmethod
    def of(cls, database: Mongo, changes: Changes) -> Self:
        """The roster of a database."""
        return cls(Rosters(database), changes.of([Complaint.collection]))

    @property
    def roster(self) -> Roster:
        """What is known by now."""
        return self._roster

    @property
    def whole(self) -> Roster | None:
        """What is known, if that is every complaint there is, as it was a moment ago."""
        return self._roster if self._in_step and not self._leaves_out else None

    @property
    def is_whole(self) -> bool:
        """Whether everything was read once."""
        return self._filled.is_set()

    async def ready(self, seconds: float) -> bool:
        """Wait until it is whole, at most so long; whether it is."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._filled.wait(), seconds)
        return self.is_whole

    async def take(self, ids: Sequence[str]) -> None:
        """Have these complaints in it as they are now, as after a change of one's own."""
        for at in range(0, len(ids), AT_ONCE):
            for document in await self._rosters.these(list(ids[at : at + AT_ONCE])):
                if document["version"] > self._roster.version(document["_id"]):
                    self._roster.put(row_of(document))

    async def run(self) -> None:
        """Fill it and follow until cancelled; whatever goes wrong, fill it anew."""
        while True:
            try:
                await self._follow()
            except StoreError as error:
                logger.warning("roster.trouble", error=repr(error))
            await asyncio.sleep(AGAIN)

    async def _follow(self) -> None:
        async with self._listening as listening:
            self._roster = await self._read()
            self._filled.set()
            try:
                changed = listening.so_far()
                while len(self._roster) < MOST + ROOM:
                    for ids in changed.values():
                        await self.take(ids)
                    self._in_step = True
                    changed = await listening.changed()
            finally:
                self._in_step = False

    async def _read(self) -> Roster:
        """All of it, newest first; the roster in use stays until the new one is whole, the first is seen growing."""
        roster, documents = Roster(), await self._rosters.newest(None, AT_ONCE)
        if not self.is_whole:
            self._roster = roster
        while documents and len(roster) < MOST:
            for document in documents:
                roster.put(row_of(document))
            await asyncio.sleep(SPREAD)
            documents = await self._rosters.newest((documents[-1]["filed_at"], documents[-1]["_id"]), AT_ONCE)
        self._leaves_out = bool(documents)
        return roster


def row_of(document: dict[str, Any]) -> Row:
    """What the roster keeps of a document."""
    said = document.get
    due, open = said("due_at"), said("open", True)
    called = {part["department"] for name in ("departments", "subcases") for part in said(name) or ()}
    marks: set[Mark] = {
        ("which", "open" if open else "closed"),
        ("state", document["state"]),
        ("cause", said("cause_state", "unknown")),
        ("severity", document["severity"]),
        ("category", document["category"]),
        ("channel", document["channel"]),
        ("kind", document["kind"]),
        ("issue", ANY if said("issue_id") else NONE),
        *(("department", code) for code in called),
        *(("owes", code) for code in said("waits_for") or ()),
        *(("assignee", id) for id in said("people") or ()),
    }
    if issue := said("issue_id"):
        marks.add(("issue", issue))
    if product := said("product_code"):
        marks.add(("product", product))
    if open and said("owner") is None:
        marks.add(("assignee", NOBODY))
    return Row(
        document["_id"],
        document["version"],
        int(document["filed_at"].timestamp() * 1000),
        int(due.timestamp() * 1000) if due else NEVER,
        frozenset(marks),
    )
