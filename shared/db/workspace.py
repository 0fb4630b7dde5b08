"""The documents that the members of one transaction share: each loaded once, each written once.

A handler that asks for something not loaded yet is *suspended*: its coroutine yields what it wants and is put away.
When all members have been tried, everything wanted is fetched in bulk and all run again from the start, on fresh
copies. So members run one after the other, see each other's changes, and five hundred of them cost as many round
trips as one. The price: a handler awaits nothing but its unit of work, and must not mind being run again.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from shared.db.aggregate import Aggregate, Document

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Want:
    """Rows of `model` whose `field` equals `value`; `_id` for one by its id."""

    model: type[Aggregate]
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class NumberWant:
    """The next readable number of a series for one member, which may ask for several."""

    series: str
    member: str
    count: int


AnyWant = Want | NumberWant


class Load(Generic[T]):
    """Awaitable answer to a want; suspends the handler while the workspace does not have it."""

    def __init__(self, workspace: "Workspace", want: AnyWant) -> None:
        self._workspace, self.want = workspace, want

    def __await__(self) -> Generator[list[AnyWant], None, T]:
        while not self._workspace.has(self.want):
            yield [self.want]
        return cast(T, self._workspace.answer(self.want))


class Loads:
    """Several loads that are fetched together, so that the handler is suspended once for all of them."""

    def __init__(self, workspace: "Workspace", loads: Sequence[Load[Any]]) -> None:
        self._workspace, self._wants = workspace, [load.want for load in loads]

    def __await__(self) -> Generator[list[AnyWant], None, None]:
        while missing := [want for want in self._wants if not self._workspace.has(want)]:
            yield missing


class Workspace:
    """Identity map of one attempt. `complete` means that nothing exists beyond what it holds (tests).

    `numbers` are those given so far; it outlives the attempt.
    """

    def __init__(self, numbers: dict[NumberWant, str] | None = None, *, complete: bool = False) -> None:
        self._complete = complete
        self._rows: dict[tuple[type[Aggregate], str], Document] = {}
        self._answers: dict[Want, list[str]] = {}
        self._live: dict[type[Aggregate], dict[str, Aggregate]] = {}
        self._new: set[tuple[type[Aggregate], str]] = set()
        self._guarded: set[tuple[type[Aggregate], str]] = set()
        self._gone: set[tuple[type[Aggregate], str]] = set()
        self.numbers = numbers if numbers is not None else {}
        self.waiting: set[str] = set()

    def has(self, want: AnyWant) -> bool:
        """Whether the want can be answered without asking the database."""
        if isinstance(want, NumberWant):
            return want in self.numbers
        if self._complete or want in self._answers:
            return True
        return want.field == "_id" and want.value in self._live.get(want.model, {})

    def hold(self, want: Want, rows: Sequence[Document]) -> None:
        """Keep what the database answered."""
        self._answers[want] = [row["_id"] for row in rows]
        for row in rows:
            self._rows[want.model, row["_id"]] = row

    def answer(self, want: AnyWant) -> Any:
        """What a want is answered with, changes of earlier members included."""
        if isinstance(want, NumberWant):
            return self.numbers[want]
        if want.field == "_id":
            return self._one(want.model, want.value)
        found = {i: self._one(want.model, i) for i in self._answers.get(want, ())}
        found |= self._live.get(want.model, {})
        return [a for a in found.values() if a is not None and getattr(a, want.field) == want.value]

    def _one(self, model: type[A], id: str) -> A | None:
        key = (model, id)
        if key in self._gone:
            return None
        live = self._live.setdefault(model, {})
        if id not in live and key in self._rows:
            live[id] = model.from_document(self._rows[key])
        return cast(A | None, live.get(id))

    def add(self, aggregate: Aggregate) -> None:
        """Put a new aggregate among the documents."""
        key = (type(aggregate), aggregate.id)
        live = self._live.setdefault(key[0], {})
        if key[1] in live:
            raise ValueError(f"{key[0].__name__} {aggregate.id} is there already")
        live[key[1]] = aggregate
        self._gone.discard(key)
        if key not in self._rows:
            self._new.add(key)

    def remove(self, aggregate: Aggregate) -> None:
        """Take an aggregate out of the database."""
        key = (type(aggregate), aggregate.id)
        del self._live[key[0]][key[1]]
        if key in self._new:
            self._new.discard(key)
        else:
            self._gone.add(key)

    def guard(self, aggregate: Aggregate) -> None:
        """Write the aggregate whether it changes or not, because a decision was read from it."""
        self._guarded.add((type(aggregate), aggregate.id))

    def start_again(self) -> None:
        """Forget every change, keep what was loaded."""
        self._live, self._new, self._guarded, self._gone = {}, set(), set(), set()
        self.waiting = set()

    def changes(self) -> tuple[list[Aggregate], list[Aggregate], list[tuple[type[Aggregate], str]]]:
        """(new, changed, gone): what has to be written."""
        every = [((model, i), a) for model, of in self._live.items() for i, a in of.items()]
        new = [a for key, a in every if key in self._new]
        return (
            new,
            [a for key, a in every if key not in self._new and self._is_changed(key, a)],
            list(self._gone),
        )

    def _is_changed(self, key: tuple[type[Aggregate], str], aggregate: Aggregate) -> bool:
        if key in self._guarded:
            return True
        before = self._rows.get(key)
        return before is None or aggregate.to_document(aggregate.version) != before
