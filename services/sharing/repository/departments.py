"""Every query for departments."""

from services.sharing.domain.department import Department, department_id
from shared.db.client import Mongo


class Departments:
    """What pages and API read of departments."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, code: str) -> Department | None:
        """A department by code."""
        rows = await self._mongo.find(Department.collection, {"_id": department_id(code)}, limit=1)
        return Department.from_document(rows[0]) if rows else None

    async def page(self, active: bool, after: str | None, limit: int) -> list[Department]:
        """Open or closed departments by code; `after` is the code before."""
        query: dict[str, object] = {"active": active}
        if after is not None:
            query["code"] = {"$gt": after}
        rows = await self._mongo.find(Department.collection, query, sort=[("code", 1)], limit=limit)
        return [Department.from_document(row) for row in rows]

    async def all(self) -> list[Department]:
        """Every open department; a company has a few hundred."""
        rows = await self._mongo.find(Department.collection, {"active": True}, sort=[("code", 1)])
        return [Department.from_document(row) for row in rows]
