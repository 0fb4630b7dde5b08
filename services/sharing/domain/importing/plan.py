"""A plan as it is reported and kept: counts, and rows in chunks."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from services.sharing.domain.importing.drafts import Draft, Standing, drafts_of
from services.sharing.domain.importing.planning import leavers, settle
from services.sharing.domain.importing.report import (
    CHUNK,
    Counts,
    DirectoryImport,
    ImportChunk,
    PlannedRow,
    Said,
    What,
    chunk_id,
)
from services.sharing.domain.importing.rows import Problem, Read


def plan(rows: Sequence[Read], standing: Standing, mark_left: bool) -> list[Draft]:
    """What an import would do, row by row. With `mark_left` also to those whom it does not name."""
    drafts = drafts_of(rows, standing)
    if mark_left:
        drafts += leavers(rows, standing)
    settle(drafts, standing)
    return drafts


def what_of(draft: Draft) -> What | None:
    """What becomes of a row; None when nothing does."""
    if draft.refused:
        return "refused"
    if not draft.fields:
        return None
    if draft.is_new:
        return "added"
    gone = draft.person is not None and "active" in draft.fields and not draft.person.active
    return "left" if gone else "changed"


def counts_of(drafts: Sequence[Draft]) -> Counts:
    """How many rows came to what."""
    counts = Counts(rows=sum(draft.read.row > 0 for draft in drafts))
    for draft in drafts:
        what = what_of(draft) or "unchanged"
        setattr(counts, what, getattr(counts, what) + 1)
    return counts


def planned(draft: Draft) -> PlannedRow:
    """A row as it is kept."""
    return PlannedRow(
        row=draft.read.row,
        id=draft.read.id,
        kind=draft.read.kind,
        what=what_of(draft) or "changed",
        fields=draft.fields,
        changes=_changes(draft),
        version=draft.version,
        problems=[said_of(problem) for problem in draft.problems],
    )


def _changes(draft: Draft) -> dict[str, Any]:
    if draft.refused:
        return {}
    entry = draft.read.entry
    if entry is None:  # somebody who is not in the file
        return {"id": draft.read.id, "active": False}
    return entry.model_dump(mode="json", exclude_unset=True)


def said_of(problem: Problem) -> Said:
    """A problem as it is kept."""
    return Said(field=problem.field, text=problem.text, inputs={name: _plain(v) for name, v in problem.inputs.items()})


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) else str(value)


def chunks_of(drafts: Sequence[Draft], import_id: str, at: datetime) -> Iterator[ImportChunk]:
    """The rows that matter, refused and other ones apart, in the order in which they can be applied."""
    matter = [draft for draft in drafts if what_of(draft) is not None]
    matter.sort(key=_turn)
    for what in ("changes", "refused"):
        chosen = iter(planned(draft) for draft in matter if draft.refused is (what == "refused"))
        number = 0
        while rows := list(islice(chosen, CHUNK)):
            yield ImportChunk(
                id=chunk_id(import_id, what, number),
                import_id=import_id,
                what="refused" if what == "refused" else "changes",
                number=number,
                at=at,
                rows=rows,
            )
            number += 1


def _turn(draft: Draft) -> int:
    """Departments before the people who join them, and closed once these have gone."""
    if draft.department is None:
        return 2 if draft.read.kind == "people" else 1
    return 1 if draft.department.active else 3


def finish_check(imported: DirectoryImport, counts: Counts, ignored: list[str], chunks: int) -> None:
    """The check is through."""
    imported.state, imported.counts, imported.ignored, imported.chunks = "checked", counts, ignored[:50], chunks
