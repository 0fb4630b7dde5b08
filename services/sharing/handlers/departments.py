"""Departments of the directory: added, changed, closed with somebody to take over."""

from collections.abc import Callable

from services.sharing.domain.department import (
    Department,
    department_id,
    new_department,
    wrong_levels,
    wrong_successor,
)
from services.sharing.domain.entries import DepartmentFields, NewDepartment
from services.sharing.domain.person import Person
from services.sharing.domain.refusals.directory import AlreadyClosed, IdTaken, StillHasPeople, SuccessorNeeded
from services.sharing.handlers.logging import note
from services.sharing.repository.uow import SharingUow
from shared.db.wants import Want

Check = Callable[[int], None]


async def add_department(entry: NewDepartment, uow: SharingUow) -> Department:
    """A department comes new."""
    if await uow.get(Department, department_id(entry.code)) is not None:
        raise IdTaken("code")
    department = uow.add(new_department(entry.code, entry.changes()))
    await check(department, uow)
    department.tell()
    note(department.id, "added", uow)
    return department


async def change_department(code: str, fields: DepartmentFields, version: Check, uow: SharingUow) -> Department:
    """Something about a department is other now."""
    department = await uow.department(code)
    version(department.version)
    if changed := department.alter(fields.changes()):
        await check(department, uow)
        department.tell()
        note(department.id, "changed", uow, ", ".join(changed))
    return department


async def close_department(code: str, successor: str | None, version: Check, uow: SharingUow) -> Department:
    """A department is no more; `successor` has what it owed, and whoever hears of it hears that too."""
    department = await uow.department(code)
    version(department.version)
    if not department.active:
        raise AlreadyClosed
    if not successor:
        raise SuccessorNeeded("successor")
    if staying := sum(person.active for person in await uow.find(Person, department=code)):
        raise StillHasPeople(count=staying)
    department.alter({"active": False, "successor": successor})
    open_codes = {other.code for other in await uow.open_departments()}
    for refusal in wrong_successor(department, open_codes):
        raise refusal
    await uow.get(Department, department_id(successor), decide=True)
    department.tell()
    note(department.id, "closed", uow, successor)
    return department


async def check(department: Department, uow: SharingUow) -> None:
    """Refuse levels that name nobody who works here; who is named cannot leave at the same time."""
    named = sorted(department.answered_by())
    await uow.fetch(*(Want(Person, "_id", id) for id in named))
    found = [await uow.get(Person, id, decide=True) for id in named]
    for refusal in wrong_levels(department, {person.id for person in found if person and person.active}):
        raise refusal
