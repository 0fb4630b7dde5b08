"""Imports of the directory: the plan is kept first, then applied part by part, each part in one transaction."""

from collections.abc import Sequence

from services.sharing.domain.importing.plan import finish_check
from services.sharing.domain.importing.report import (
    Counts,
    DirectoryImport,
    ImportChunk,
    chunk_id,
)
from services.sharing.domain.refusals.directory import NotChecked
from services.sharing.handlers.import_rows import apply_rows
from services.sharing.repository.uow import SharingUow
from shared.db.timers import Timer
from shared.errors import NotFound

APPLY = "apply-import"
LATE = 1_000_000
"""Numbers of chunks of rows that no longer fitted begin here."""


async def begin_import(name: str, kinds: list[str], mark_left: bool, uow: SharingUow) -> DirectoryImport:
    """A check begins; until it is through nothing can be applied."""
    id = uow.new_id()
    return uow.add(DirectoryImport(id=id, name=name[:200], by=uow.by, at=uow.now, kinds=kinds, mark_left=mark_left))


async def keep_chunks(chunks: Sequence[ImportChunk], uow: SharingUow) -> None:
    """Some parts of the plan."""
    for chunk in chunks:
        uow.add(chunk.model_copy())


async def end_check(id: str, counts: Counts, ignored: list[str], chunks: int, uow: SharingUow) -> DirectoryImport:
    """The plan is whole."""
    imported = await _found(id, uow)
    finish_check(imported, counts, ignored, chunks)
    return imported


async def apply_import(id: str, uow: SharingUow) -> DirectoryImport:
    """Do what the plan says, soon and whatever is restarted in between."""
    imported = await _found(id, uow)
    if imported.state != "checked":
        raise NotChecked
    imported.applied_by, imported.applied_at = uow.by, uow.now
    imported.state = "applying" if imported.chunks else "applied"
    if imported.chunks:
        uow.set_timer(APPLY, id, uow.now, number=0)
    return imported


async def _found(id: str, uow: SharingUow) -> DirectoryImport:
    imported = await uow.get(DirectoryImport, id)
    if imported is None:
        raise NotFound
    return imported


async def apply_part(timer: Timer, uow: SharingUow) -> None:
    """The next part of an import, and a timer for the one after."""
    imported = await uow.get(DirectoryImport, timer.subject)
    number = timer.data["number"]
    if imported is None or imported.state != "applying" or imported.done != number:
        return
    chunk = await uow.get(ImportChunk, chunk_id(imported.id, "changes", number))
    late = await apply_rows(chunk.rows, imported, uow) if chunk is not None else []
    if late:
        uow.add(
            ImportChunk(
                id=chunk_id(imported.id, "refused", LATE + number),
                import_id=imported.id,
                what="refused",
                number=LATE + number,
                at=imported.at,
                rows=late,
            )
        )
    imported.done, imported.late = number + 1, imported.late + len(late)
    if imported.done < imported.chunks:
        uow.set_timer(APPLY, imported.id, uow.now, number=imported.done)
    else:
        imported.state = "applied"
