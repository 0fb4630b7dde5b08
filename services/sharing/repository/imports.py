"""Every query for imports."""

from datetime import datetime

from services.sharing.domain.importing.report import DirectoryImport, ImportChunk
from shared.db.client import Mongo
from shared.db.newest import behind, newest


class Imports:
    """What pages and API read of imports."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, id: str) -> DirectoryImport | None:
        """An import by id."""
        rows = await self._mongo.find(DirectoryImport.collection, {"_id": id}, limit=1)
        return DirectoryImport.from_document(rows[0]) if rows else None

    async def page(self, after: tuple[datetime, str] | None, limit: int) -> list[DirectoryImport]:
        """Imports, the newest first; `after` is (at, id) of the one before."""
        rows = await self._mongo.find(DirectoryImport.collection, behind("at", after), sort=newest("at"), limit=limit)
        return [DirectoryImport.from_document(row) for row in rows]

    async def chunks(self, import_id: str, what: str, after: int, limit: int) -> list[ImportChunk]:
        """Parts of a plan (`what`: changes or refused) in order, behind the number `after` (-1: from the first)."""
        query = {"import_id": import_id, "what": what, "number": {"$gt": after}}
        rows = await self._mongo.find(ImportChunk.collection, query, sort=[("number", 1)], limit=limit)
        return [ImportChunk.from_document(row) for row in rows]
