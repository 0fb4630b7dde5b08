"""Every query for contacts."""

from services.intake.domain.complaint import Contact
from shared.db.client import Mongo


class Contacts:
    """What is read of the sealed side of complaints."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def one(self, id: str) -> Contact | None:
        """The contact of a complaint, by the complaint's id."""
        rows = await self._mongo.find(Contact.collection, {"_id": id}, limit=1)
        return Contact.from_document(rows[0]) if rows else None
