"""Every query for saved views."""

from services.intake.domain.saved_view import ViewShelf, department_shelf, own_shelf
from shared.db.client import Mongo


class Views:
    """The shelves that a person sees."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def seen_by(self, person: str, department: str) -> tuple[ViewShelf, ViewShelf]:
        """Their own and their department's; empty ones where nothing was saved yet."""
        ids = own_shelf(person), department_shelf(department)
        rows = await self._mongo.find(ViewShelf.collection, {"_id": {"$in": list(ids)}})
        found = {row["_id"]: ViewShelf.from_document(row) for row in rows}
        return found.get(ids[0]) or ViewShelf(id=ids[0]), found.get(ids[1]) or ViewShelf(id=ids[1])
