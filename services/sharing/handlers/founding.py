"""The beginning of a directory: the sample company, or one administrator who does the rest. Each may be run again."""

from collections.abc import Mapping

from services.sharing.domain.account import open_account, set_password
from services.sharing.domain.api_key import ApiKey, NewKey, make_key
from services.sharing.domain.department import Department, department_id, new_department
from services.sharing.domain.person import Person, new_person
from services.sharing.handlers.logging import note
from services.sharing.handlers.signing_in import forget_failures
from services.sharing.repository.uow import SharingUow
from shared.db.wants import Want
from shared.identity.organisation import Organisation

FIRST_DEPARTMENT = "administration"
FIRST_NAMES = {"ko": "관리", "en": "Administration"}


async def found_company(organisation: Organisation, uow: SharingUow) -> int:
    """Put people and departments of an organisation into the directory that are not there; how many those were."""
    departments = {d.code: d for d in organisation.departments}
    await uow.fetch(*(Want(Department, "_id", department_id(code)) for code in departments))
    await uow.fetch(*(Want(Person, "_id", person.id) for person in organisation.people))
    added = 0
    for code, department in departments.items():
        if await uow.get(Department, department_id(code)) is None:
            levels = department.model_dump(include={"head", "lead", "assignee", "executive"})
            uow.add(new_department(code, {"names": department.names.model_dump(), **levels})).tell()
            added += 1
    for order, person in enumerate(organisation.people):
        if await uow.get(Person, person.id) is None:
            said = person.model_dump(include={"name", "department", "roles", "employment", "deputy"})
            uow.add(new_person(person.id, {**said, "call_order": order})).tell()
            added += 1
    return added


async def keep_administrator(id: str, name: str, hashed: str | None, must_change: bool, uow: SharingUow) -> None:
    """See to it that this person is there, administers, and has this password (None: keeps the one they have)."""
    if await uow.get(Person, id) is None:
        if not await uow.open_departments():
            uow.add(new_department(FIRST_DEPARTMENT, {"names": FIRST_NAMES})).tell()
        department = (await uow.open_departments())[0].code
        uow.add(new_person(id, {"name": name, "department": department, "roles": ["admin"]})).tell()
        note(id, "added", uow)
    person = await uow.person(id)
    if "admin" not in person.roles or not person.active:
        person.alter({"roles": [*person.roles, "admin"], "active": True})
        person.tell()
        note(id, "changed", uow, "roles")
    await keep_account(id, hashed, must_change, uow)


async def keep_account(id: str, hashed: str | None, must_change: bool, uow: SharingUow) -> None:
    """See to it that a person has an account with this password (None: keeps the one they have)."""
    person, account = await uow.person(id), await uow.account(id)
    if account is None:
        uow.add(open_account(person, hashed, must_change, uow.now))
        note(id, "opened", uow)
        return
    account.roles, account.works_here = list(person.roles), person.active
    if hashed is not None:
        account.blocked = False
        set_password(account, hashed, must_change, uow.now)
        await forget_failures(id, uow)
        note(id, "password_given", uow)


async def keep_keys(wanted: Mapping[str, NewKey], uow: SharingUow) -> int:
    """See to it that these keys, by the hashes of their secrets, are there and valid; how many were not."""
    changed = 0
    for hashed, key in wanted.items():
        made = make_key(key, hashed, uow.by, uow.now)
        kept = await uow.get(ApiKey, made.id)
        if kept is None:
            uow.add(made).tell()
        elif kept.is_as_good_as(made):
            continue
        else:
            kept.become(made)
        changed += 1
        note(key.holder, "key_made", uow, key.id)
    return changed
