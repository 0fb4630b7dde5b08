"""The directory while several people change it at once: two decisions that exclude each other are never both made."""

import asyncio
import os
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from services.sharing.domain.department import Department, department_id
from services.sharing.domain.entries import DepartmentFields, NewDepartment, NewPerson, PersonFields
from services.sharing.domain.person import Person
from services.sharing.handlers.departments import add_department, change_department, close_department
from services.sharing.handlers.people import add_person, change_person
from services.sharing.repository.uow import SharingUow
from services.sharing.service import SERVICE, rules_of
from shared.db.client import Mongo
from shared.db.commit import commit_many
from shared.db.member import Member
from shared.db.schema import prepare
from shared.db.store import Store
from shared.db.uow import Cause
from shared.privacy.vault import KEY_BYTES, Vault
from shared.runtime.clock import SystemClock
from shared.runtime.settings import Settings

Databases = Callable[..., Mongo]
TIMES = 20


def whatever(_: int) -> None:
    """Any version will do."""


async def directory_on(mongo: Mongo) -> Store:
    """A store with two departments, which stay."""
    await prepare(mongo, SERVICE.models, [])
    vault = Vault(os.urandom(KEY_BYTES))
    store = Store("sharing", mongo, SystemClock(), SharingUow, rules_of(Settings()), vault)
    for code in ("sales", "office"):
        await done(store, add_department, department(code))
    return store


async def done(store: Store, handler: Any, *args: Any) -> Exception | None:
    """Have it done in a transaction of its own; what refused it."""
    member = Member(Cause(uuid4().hex), lambda uow: handler(*args, uow))
    (outcome,) = await commit_many(store, [member])
    return outcome.error


def department(code: str) -> NewDepartment:
    return NewDepartment.model_validate({"code": code, "names": {"ko": code}})


def person(id: str, at: str) -> NewPerson:
    return NewPerson(id=id, name=id, department=at)


async def both(one: Any, other: Any) -> None:
    """Two people do it in the same moment: one is refused, or they came one after the other."""
    refusals = await asyncio.gather(one, other)
    assert None in refusals


async def test_nobody_joins_a_department_that_is_being_closed(database: Databases) -> None:
    store = await directory_on(database())
    for n in range(TIMES):
        code = f"d{n}"
        await done(store, add_department, department(code))
        await both(
            done(store, add_person, person(f"p{n}", code)), done(store, close_department, code, "sales", whatever)
        )
    closed = [row["code"] for row in await store.mongo.find(Department.collection, {"active": False})]
    assert await store.mongo.find(Person.collection, {"active": True, "department": {"$in": closed}}) == []


async def test_nobody_leaves_who_is_being_made_head(database: Databases) -> None:
    store = await directory_on(database())
    for n in range(TIMES):
        code = f"d{n}"
        await done(store, add_department, department(code))
        await done(store, add_person, person(f"p{n}", "sales"))
        await both(
            done(store, change_department, code, DepartmentFields(head=f"p{n}"), whatever),
            done(store, change_person, f"p{n}", PersonFields(active=False), whatever),
        )
    gone = [row["_id"] for row in await store.mongo.find(Person.collection, {"active": False})]
    assert await store.mongo.find(Department.collection, {"head": {"$in": gone}}) == []


async def test_two_departments_do_not_take_over_from_each_other(database: Databases) -> None:
    store = await directory_on(database())
    for n in range(TIMES):
        one, other = f"a{n}", f"b{n}"
        await done(store, add_department, department(one))
        await done(store, add_department, department(other))
        await both(
            done(store, close_department, one, other, whatever), done(store, close_department, other, one, whatever)
        )
        rows = await store.mongo.find(
            Department.collection, {"_id": {"$in": [department_id(one), department_id(other)]}}
        )
        assert any(row["active"] for row in rows)
