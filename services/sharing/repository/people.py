"""Every query for people, their accounts, sessions and what happened to them."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from services.sharing.domain.access_log import LogEntry
from services.sharing.domain.account import Account, account_id
from services.sharing.domain.person import Person, name_key
from services.sharing.domain.session import SessionRecord
from shared.db.client import Mongo

Which = Literal["active", "left"]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list of people is narrowed by; `words` are looked for in name and id."""

    words: str = ""
    department: str = ""
    role: str = ""
    left: bool = False

    def query(self) -> dict[str, Any]:
        """As the database is asked."""
        wanted: dict[str, Any] = {"active": not self.left}
        if self.department:
            wanted["department"] = self.department
        if self.role:
            wanted["roles"] = self.role
        if self.words:
            wanted["sought"] = {"$regex": re.escape(name_key(self.words))}
        return wanted


class People:
    """What pages and API read of people."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, id: str) -> Person | None:
        """A person by id."""
        rows = await self._mongo.find(Person.collection, {"_id": id}, limit=1)
        return Person.from_document(rows[0]) if rows else None

    async def page(self, sought: Sought, after: str | None, limit: int) -> list[Person]:
        """People in the order of their names; `after` is the `sought` of the one before."""
        query = sought.query()
        if after is not None:
            query["sought"] = {**query.get("sought", {}), "$gt": after}
        rows = await self._mongo.find(Person.collection, query, sort=[("sought", 1)], limit=limit)
        return [Person.from_document(row) for row in rows]

    async def some(self, ids: list[str]) -> dict[str, Person]:
        """Those of these ids that there are."""
        rows = await self._mongo.find(Person.collection, {"_id": {"$in": ids}})
        return {row["_id"]: Person.from_document(row) for row in rows}

    async def account(self, person: str) -> Account | None:
        """Somebody's account."""
        rows = await self._mongo.find(Account.collection, {"_id": account_id(person)}, limit=1)
        return Account.from_document(rows[0]) if rows else None

    async def accounts(self, people: list[str]) -> dict[str, Account]:
        """The accounts of these people, by person."""
        rows = await self._mongo.find(Account.collection, {"_id": {"$in": [account_id(person) for person in people]}})
        return {row["holder"]: Account.from_document(row) for row in rows}

    async def named(self, name: str) -> list[str]:
        """Who has exactly this name, by id; two are enough to know that it is not one."""
        query = {"name_key": name_key(name)}
        rows = await self._mongo.find(Person.collection, query, fields={"active": 1}, limit=20)
        return [row["_id"] for row in rows if row["active"]]

    async def administrators(self) -> list[str]:
        """Who can administer, by id."""
        rows = await self._mongo.find(Account.collection, {"administers": True}, fields={"holder": 1})
        return [row["holder"] for row in rows]

    async def sessions(self, person: str) -> list[SessionRecord]:
        """Somebody's sessions, the newest first."""
        rows = await self._mongo.find(SessionRecord.collection, {"person": person}, sort=[("began_at", -1)], limit=50)
        return [SessionRecord.from_document(row) for row in rows]

    async def log(self, about: str, limit: int = 20) -> list[LogEntry]:
        """What happened to somebody, the newest first."""
        sort = [("at", -1), ("_id", -1)]
        rows = await self._mongo.find(LogEntry.collection, {"about": about}, sort=sort, limit=limit)
        return [LogEntry.from_document(row) for row in rows]
