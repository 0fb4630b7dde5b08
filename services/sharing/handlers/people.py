"""People of the directory: added, changed, gone, back."""

from collections.abc import Callable
from typing import Any

from services.sharing.domain.account import follow
from services.sharing.domain.department import Department, department_id
from services.sharing.domain.deputies import circle_through
from services.sharing.domain.entries import NewPerson, PersonFields
from services.sharing.domain.person import (
    Person,
    Span,
    deputies_named,
    new_person,
    stands_in,
    wrong_leaves,
    wrong_references,
)
from services.sharing.domain.refusals.directory import DeputiesInCircle, IdTaken, StillInCharge
from services.sharing.handlers.administrators import keep_an_administrator
from services.sharing.handlers.logging import note
from services.sharing.repository.uow import SharingUow
from shared.db.wants import Want

Check = Callable[[int], None]
MOST_ASKED = 60
"""Deputies of deputies that are looked at for a circle."""


async def add_person(entry: NewPerson, uow: SharingUow) -> Person:
    """Somebody comes new."""
    if await uow.get(Person, entry.id) is not None:
        raise IdTaken("id")
    person = uow.add(new_person(entry.id, entry.changes()))
    await check(person, uow)
    await _join(person, uow)
    person.tell()
    note(person.id, "added", uow)
    return person


async def change_person(id: str, fields: PersonFields, version: Check, uow: SharingUow) -> Person:
    """Something about a person is other now; `version` refuses a page that is older than the person."""
    person = await uow.person(id)
    version(person.version)
    await apply_changes(person, fields.changes(), uow)
    return person


async def apply_changes(person: Person, changes: dict[str, Any], uow: SharingUow) -> list[str]:
    """Change, check, tell, and have the account follow; the fields that are other now."""
    was_here = person.active
    changed = person.alter(changes)
    if not changed:
        return []
    if was_here and not person.active:
        await _let_go(person, uow)
    if person.active:
        await check(person, uow)
    if person.active and {"department", "active"} & set(changed):
        await _join(person, uow)
    person.tell()
    await _follow(person, uow)
    if was_here == person.active:
        note(person.id, "changed", uow, ", ".join(changed))
    else:
        note(person.id, "came_back" if person.active else "left", uow)
    return changed


async def check(person: Person, uow: SharingUow) -> None:
    """Refuse what does not fit the rest of the directory."""
    for refusal in wrong_leaves(person.leaves):
        raise refusal
    departments = {department.code for department in await uow.open_departments()}
    named = {deputy for _, deputy in deputies_named(person)}
    await uow.fetch(*(Want(Person, "_id", id) for id in sorted(named)))
    there = [await uow.get(Person, id) for id in sorted(named)]
    for refusal in wrong_references(person, departments, {found.id for found in there if found and found.active}):
        raise refusal
    if named and (circle := circle_through(person.id, (await _around(person, uow)).__getitem__)):
        raise DeputiesInCircle("deputy", circle=" → ".join(circle))


async def _join(person: Person, uow: SharingUow) -> None:
    """The department that somebody comes into cannot be closed at the same time."""
    await uow.get(Department, department_id(person.department), decide=True)


async def _around(person: Person, uow: SharingUow) -> dict[str, list[Span]]:
    """Who stands in for whom, as far as one gets from this person."""
    known: dict[str, list[Span]] = {}
    asked = [person.id]
    while asked and len(known) < MOST_ASKED:
        await uow.fetch(*(Want(Person, "_id", id) for id in asked))
        found = [(id, await uow.get(Person, id)) for id in asked]
        known |= {id: stands_in(there.deputy, there.leaves) if there else [] for id, there in found}
        asked = sorted({deputy for spans in known.values() for deputy, _, _ in spans} - known.keys())
    return known | {id: [] for id in asked}


async def _let_go(person: Person, uow: SharingUow) -> None:
    """Somebody who leaves may not be the one who answers for a department."""
    answers_for = [d.names["ko"] for d in await uow.open_departments() if person.id in d.answered_by()]
    if answers_for:
        raise StillInCharge("active", departments=", ".join(answers_for[:5]))


async def _follow(person: Person, uow: SharingUow) -> None:
    account = await uow.account(person.id)
    if account is None:
        return
    administered = account.administers
    if follow(account, person, uow.now) and administered and not account.administers:
        await keep_an_administrator(uow)
