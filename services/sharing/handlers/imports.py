"""Imports of the directory: the plan is kept first, then applied part by part, each part in one transaction."""

from collections.abc import Sequence

from services.sharing.domain.account import Account, account_id, follow
from services.sharing.domain.department import Department, department_id, new_department
from services.sharing.domain.entries import DepartmentEntry, PersonEntry
from services.sharing.domain.importing.plan import finish_check, said_of
from services.sharing.domain.importing.report import (
    Counts,
    DirectoryImport,
    ImportChunk,
    PlannedRow,
    chunk_id,
)
from services.sharing.domain.importing.rows import Problem
from services.sharing.domain.person import Person, new_person
from services.sharing.domain.refusals import DirectoryMoved, NotChecked
from services.sharing.handlers.logging import note
from services.sharing.repository.uow import SharingUow
from shared.db.timers import Timer
from shared.db.workspace import Want
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
    late = await _apply_rows(chunk.rows, imported, uow) if chunk is not None else []
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


async def _apply_rows(rows: list[PlannedRow], imported: DirectoryImport, uow: SharingUow) -> list[PlannedRow]:
    """Apply what still fits; the rows that do not, with the reason."""
    people = [row.id for row in rows if row.kind == "people"]
    await uow.fetch(
        *(Want(Person, "_id", id) for id in people),
        *(Want(Account, "_id", account_id(id)) for id in people),
        *(Want(Department, "_id", department_id(row.id)) for row in rows if row.kind == "departments"),
        Want(Department, "active", True),
    )
    done = [(row, await _apply(row, imported, uow)) for row in rows]
    moved = [said_of(Problem.of(DirectoryMoved()))]
    return [row.model_copy(update={"what": "refused", "problems": moved}) for row, fits in done if not fits]


async def _apply(row: PlannedRow, imported: DirectoryImport, uow: SharingUow) -> bool:
    if row.kind == "departments":
        return await _apply_department(row, uow)
    return await _apply_person(row, imported, uow)


async def _apply_department(row: PlannedRow, uow: SharingUow) -> bool:
    department = await uow.get(Department, department_id(row.id))
    if (department.version if department else 0) != row.version:
        return False
    changes = DepartmentEntry.model_validate(row.changes, strict=False).changes()
    if department is None:
        department = uow.add(new_department(row.id, changes))
    else:
        department.alter(changes)
    department.tell()
    return True


async def _apply_person(row: PlannedRow, imported: DirectoryImport, uow: SharingUow) -> bool:
    """False when the person, their department or the last administrator is other than when this was checked."""
    person = await uow.get(Person, row.id)
    if (person.version if person else 0) != row.version:
        return False
    changes = PersonEntry.model_validate(row.changes, strict=False).changes()
    department = await uow.get(
        Department, department_id(changes.get("department", person.department if person else ""))
    )
    leaves = changes.get("active") is False
    if not leaves and (department is None or not department.active):
        return False
    if leaves and any(row.id in other.answered_by() for other in await uow.open_departments()):
        return False
    if person is not None and not await _keeps_an_administrator(row.id, changes, uow):
        return False
    if person is None:
        person = uow.add(new_person(row.id, changes))
    else:
        person.alter(changes)
    person.tell()
    await _follow(person, row, imported, uow)
    return True


async def _keeps_an_administrator(id: str, changes: dict[str, object], uow: SharingUow) -> bool:
    account = await uow.account(id)
    roles = changes.get("roles")
    loses = changes.get("active") is False or (isinstance(roles, list) and "admin" not in roles)
    if account is None or not account.administers or not loses:
        return True
    others = [other for other in await uow.find(Account, administers=True) if other.id != account.id]
    if others:
        await uow.get(Account, others[0].id, decide=True)
    return bool(others)


async def _follow(person: Person, row: PlannedRow, imported: DirectoryImport, uow: SharingUow) -> None:
    account = await uow.account(person.id)
    if account is not None:
        follow(account, person, uow.now)
    by = imported.applied_by or imported.by
    if row.what == "left":
        note(person.id, "left", uow, by=by)
    elif row.what == "changed" and "active" in row.fields:
        note(person.id, "came_back", uow, by=by)
    elif row.what == "changed":
        note(person.id, "changed", uow, ", ".join(row.fields), by=by)
