"""The directory as it stands, as far as the check of an import needs it."""

from collections.abc import Collection
from typing import Final

from services.sharing.domain.department import Department, department_id
from services.sharing.domain.importing.drafts import Standing
from services.sharing.domain.person import Leave, Person, stands_in
from services.sharing.repository.people import People
from shared.db.client import Mongo

AT_ONCE: Final = 1000
FIELDS: Final = {"deputy": 1, "leaves": 1, "department": 1}


async def standing_of(mongo: Mongo, ids: Collection[str], codes: Collection[str], everyone: bool) -> Standing:
    """Everyone of `ids` (or all who work here), departments that are open or among `codes`, and who stands in."""
    rows = await mongo.find(Person.collection, {"active": True}, fields=FIELDS)
    standing = Standing(active={row["_id"] for row in rows})
    for row in rows:
        standing.members[row["department"]] += 1
        if row["deputy"] or row["leaves"]:
            leaves = [Leave.model_validate(leave) for leave in row["leaves"]]
            standing.deputies[row["_id"]] = stands_in(row["deputy"], leaves)
    people, wanted = People(mongo), sorted({*ids, *(standing.active if everyone else ())})
    for start in range(0, len(wanted), AT_ONCE):
        standing.people |= await people.some(wanted[start : start + AT_ONCE])
    standing.administrators = set(await people.administrators())
    standing.departments = await _departments(mongo, codes)
    return standing


async def _departments(mongo: Mongo, codes: Collection[str]) -> dict[str, Department]:
    named = [department_id(code) for code in codes]
    rows = await mongo.find(Department.collection, {"active": True})
    rows += await mongo.find(Department.collection, {"_id": {"$in": named}, "active": False}) if named else []
    return {row["code"]: Department.from_document(row) for row in rows}
