"""Every service's own copy of the directory, in its own database: kept from the topics, read by revision.

All copies of one service are numbered in the order in which they were committed, by a row that each change takes
along. So a process that asks "what is newer than N" never misses one that was committed late.
"""

from typing import Annotated, Any, ClassVar, Final

from pydantic import Field, TypeAdapter

from shared.contracts.access import AccessChanged
from shared.contracts.organisation import OrganisationChanged
from shared.db.aggregate import Aggregate, Document, index
from shared.db.client import Mongo
from shared.db.uow import Uow
from shared.db.wants import Want
from shared.identity.directory import Facts

REVISION: Final = "directory"
_FACTS: Final[TypeAdapter[Facts]] = TypeAdapter(Annotated[Facts, Field(discriminator="kind")])


class Revision(Aggregate):
    """How many changes of the directory this service has taken."""

    collection: ClassVar[str] = "directory_revision"

    number: int = 0


class Copied(Aggregate):
    """One person, department, account or key as it was told last; `told` is the sequence of that telling."""

    collection: ClassVar[str] = "directory"
    indexes: ClassVar[tuple[Document, ...]] = (index("revision", unique=True),)

    revision: int
    told: int
    about: dict[str, Any]


COPIES: Final[tuple[type[Aggregate], ...]] = (Revision, Copied)


async def keep_copy(event: OrganisationChanged | AccessChanged, uow: Uow) -> None:
    """Keep what was told, unless something newer about the same entry was kept before."""
    await uow.fetch(Want(Copied, "_id", event.entry_id), Want(Revision, "_id", REVISION))
    copy, told = await uow.get(Copied, event.entry_id), uow.cause.sequence
    if copy is None or copy.told < told:
        await _put(event.entry_id, told, event.about.model_dump(mode="json"), uow)


async def mend_copy(told: Copied, uow: Uow) -> bool:
    """Have the copy say what the topics tell, unless it knows something newer; whether it was changed."""
    copy = await uow.get(Copied, told.id)
    if copy is not None and (copy.told > told.told or (copy.told, copy.about) == (told.told, told.about)):
        return False
    await _put(told.id, told.told, told.about, uow)
    return True


async def _put(id: str, told: int, about: dict[str, Any], uow: Uow) -> None:
    """Under a revision of its own, by which every process hears of it."""
    copy = await uow.get(Copied, id)
    revision = await uow.get(Revision, REVISION) or uow.add(Revision(id=REVISION))
    revision.number += 1
    if copy is None:
        uow.add(Copied(id=id, revision=revision.number, told=told, about=about))
    else:
        copy.revision, copy.told, copy.about = revision.number, told, about


class Copies:
    """The one question to the copies."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def since(self, revision: int) -> tuple[int, list[Facts]]:
        """What was taken after a revision, and the newest revision then."""
        newer = {"revision": {"$gt": revision}}
        # or the newest could be found without one before it
        rows = await self._mongo.find(Copied.collection, newer, sort=[("revision", 1)], at_once=True)
        return (rows[-1]["revision"] if rows else revision), [_FACTS.validate_python(row["about"]) for row in rows]
