"""A database that remembers what it was asked, so that every query can be held to an index."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.db.aggregate import Document
from shared.db.client import Delete, Find, Mongo, Session, Step


@dataclass(frozen=True)
class Asked:
    """One query as it was sent."""

    collection: str
    query: Mapping[str, Any]
    sort: Sequence[tuple[str, int]] = ()

    def __str__(self) -> str:
        return f"{self.collection} {dict(self.query)} sort {list(self.sort)}"

    def begins_with(self, field: str) -> bool:
        """Whether an index that begins with the field can serve it."""
        return field in self.query or bool(self.sort and self.sort[0][0] == field)


class AskedMongo(Mongo):
    """A database that keeps `asked`."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__(url, name)
        self.asked: list[Asked] = []

    async def find(self, collection: str, query: Mapping[str, Any], **more: Any) -> list[Document]:
        """As the real one."""
        self.asked.append(Asked(collection, query, tuple(more.get("sort", ()))))
        return await super().find(collection, query, **more)

    async def count(self, collection: str, query: Mapping[str, Any], **more: Any) -> int:
        """As the real one."""
        self.asked.append(Asked(collection, query))
        return await super().count(collection, query, **more)

    async def update(self, collection: str, query: Mapping[str, Any], change: Any, **more: Any) -> int:
        """As the real one."""
        self.asked.append(Asked(collection, query))
        return await super().update(collection, query, change, **more)

    async def delete(self, collection: str, query: Mapping[str, Any], **more: Any) -> int:
        """As the real one."""
        self.asked.append(Asked(collection, query))
        return await super().delete(collection, query, **more)

    async def change_one(self, collection: str, query: Mapping[str, Any], *args: Any, **more: Any) -> Document | None:
        """As the real one."""
        self.asked.append(Asked(collection, query))
        return await super().change_one(collection, query, *args, **more)

    async def do(self, steps: Sequence[Step], *, session: Session | None = None) -> list[Any]:
        """As the real one."""
        self.asked += [Asked(step.collection, step.query) for step in steps if isinstance(step, Find | Delete)]
        return await super().do(steps, session=session)

    async def slow(self) -> list[str]:
        """What was asked that no index serves: a whole collection is read, or sorted in memory."""
        wrong = []
        for asked in self.asked:
            stages = set(stages_of(await self.explain(asked.collection, asked.query, asked.sort)))
            if stages & {"COLLSCAN", "SORT"}:
                wrong.append(f"{asked}: {' < '.join(sorted(stages))}")
        return wrong


def stages_of(plan: Mapping[str, Any]) -> Iterator[str]:
    """All stages of a winning plan."""
    yield plan["stage"]
    for inner in (plan.get("inputStage"), *plan.get("inputStages", ())):
        if inner is not None:
            yield from stages_of(inner)
