"""Rows of a checked import, each applied if it still fits the directory, which goes on changing after the check."""

from collections.abc import Iterable

from services.sharing.domain.account import Account, account_id, follow
from services.sharing.domain.department import Department, department_id, new_department
from services.sharing.domain.entries import DepartmentEntry, PersonEntry
from services.sharing.domain.importing.plan import said_of
from services.sharing.domain.importing.report import DirectoryImport, PlannedRow
from services.sharing.domain.importing.rows import Problem
from services.sharing.domain.person import Person, deputies_named, new_person
from services.sharing.domain.refusals.directory import DirectoryMoved
from services.sharing.handlers.logging import note
from services.sharing.repository.uow import SharingUow
from shared.db.wants import Want


async def apply_rows(rows: list[PlannedRow], imported: DirectoryImport, uow: SharingUow) -> list[PlannedRow]:
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
    """Whether the row fitted, and was applied."""
    if row.kind == "departments":
        return await _apply_department(row, uow)
    return await _apply_person(row, imported, uow)


async def _apply_department(row: PlannedRow, uow: SharingUow) -> bool:
    kept = await uow.get(Department, department_id(row.id))
    if (kept.version if kept else 0) != row.version:
        return False
    changes = DepartmentEntry.model_validate(row.changes, strict=False).changes()
    after = new_department(row.id, changes) if kept is None else kept.model_copy(update=changes)
    if not await (_may_be_open(after, uow) if after.active else _may_be_closed(after, uow)):
        return False
    department = kept or uow.add(after)
    department.alter(changes)
    department.tell()
    return True


async def _may_be_open(department: Department, uow: SharingUow) -> bool:
    return not await _anybody_left(department.answered_by(), uow)


async def _may_be_closed(department: Department, uow: SharingUow) -> bool:
    successor = await uow.get(Department, department_id(department.successor or ""))
    staying = any(person.active for person in await uow.find(Person, department=department.code))
    return successor is not None and successor.active and not staying


async def _anybody_left(named: Iterable[str], uow: SharingUow) -> bool:
    """Whether one of these has left; whoever is not there yet comes with a later row of the same import."""
    known = [await uow.get(Person, id) for id in sorted(named)]
    return any(person is not None and not person.active for person in known)


async def _apply_person(row: PlannedRow, imported: DirectoryImport, uow: SharingUow) -> bool:
    kept = await uow.get(Person, row.id)
    if (kept.version if kept else 0) != row.version:
        return False
    changes = PersonEntry.model_validate(row.changes, strict=False).changes()
    after = new_person(row.id, changes) if kept is None else kept.model_copy(update=changes)
    joins = kept is None or not kept.active or kept.department != after.department
    if not await (_may_work(after, joins, uow) if after.active else _may_leave(after, uow)):
        return False
    if not await _keeps_an_administrator(after, uow):
        return False
    person = kept or uow.add(after)
    person.alter(changes)
    person.tell()
    await _follow(person, row, imported, uow)
    return True


async def _may_work(person: Person, joins: bool, uow: SharingUow) -> bool:
    department = await uow.get(Department, department_id(person.department), decide=joins)
    here = department is not None and department.active
    return here and not await _anybody_left({deputy for _, deputy in deputies_named(person)}, uow)


async def _may_leave(person: Person, uow: SharingUow) -> bool:
    return not any(person.id in department.answered_by() for department in await uow.open_departments())


async def _keeps_an_administrator(after: Person, uow: SharingUow) -> bool:
    account = await uow.account(after.id)
    stays = after.active and "admin" in after.roles
    if account is None or not account.administers or stays:
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
