"""The documents that the members of one transaction share: each loaded once, each written once.

A handler that asks for something not loaded yet is *suspended*: its coroutine yields what it wants and is put away.
When all members have been tried, everything wanted is fetched in bulk and all run again from the start, on fresh
copies. So members run one after the other, see each other's changes, and five hundred of them cost as many round
trips as one. The price: a handler awaits nothing but its unit of work, and must not mind being run again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from shared.db.aggregate import Aggregate, Document
from shared.db.finding import Finder, Key
from shared.db.wants import AnyWant, IdsWant, NumberWant, Want

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, slots=True)
class Change:
    """What to store of an aggregate, in the place of the version that is stored; 0 for none."""

    aggregate: Aggregate
    stored: int
    document: Document


class Workspace:
    """Identity map of one attempt. `complete` means that nothing exists beyond what it holds (tests).

    `numbers` are those given so far; it outlives the attempt. `era` is the time since the last restore (`past.py`).
    """

    def __init__(self, numbers: dict[NumberWant, str] | None = None, *, complete: bool = False) -> None:
        self._complete = complete
        self._rows: dict[Key, Document] = {}
        self._answers: dict[Want | IdsWant, list[str]] = {}
        self._live: dict[type[Aggregate], dict[str, Aggregate]] = {}
        self._new: set[Key] = set()
        self._guarded: set[Key] = set()
        self._gone: set[Key] = set()
        self._left: dict[Key, Document] = {}
        self._seen: set[Key] = set()
        self._naming = False
        self.numbers = numbers if numbers is not None else {}
        self.waiting: set[str] = set()
        self.era = ""
        self._finder = Finder()

    def has(self, want: AnyWant) -> bool:
        """Whether the want can be answered without asking the database."""
        if isinstance(want, NumberWant):
            return want in self.numbers
        if self._complete or want in self._answers:
            return True
        return isinstance(want, Want) and want.field == "_id" and want.value in self._live.get(want.model, {})

    def hold(self, want: Want, rows: Sequence[Document]) -> None:
        """Keep what the database answered."""
        self._answers[want] = [row["_id"] for row in rows]
        for row in rows:
            self._rows[want.model, row["_id"]] = row

    def hold_ids(self, want: IdsWant, ids: Sequence[str]) -> None:
        """Keep the ids that the database answered."""
        self._answers[want] = list(ids)

    def answer(self, want: AnyWant) -> Any:
        """What a want is answered with, changes of earlier members included."""
        if isinstance(want, NumberWant):
            return self.numbers[want]
        if isinstance(want, IdsWant):
            return self._ids(want)
        if want.field == "_id":
            return self._one(want.model, want.value)
        return self._equal(want)

    def _equal(self, want: Want) -> list[Aggregate | None]:
        """Those that have the value now: as the database ordered them, then those that have come to have it."""
        stored = [id for id in self._answers.get(want, ()) if self._one(want.model, id) is not None]
        found = dict.fromkeys(self._finder.find(want.model, want.field, want.value))
        ordered = dict.fromkeys([*(id for id in stored if id in found), *found])
        return [self._one(want.model, id) for id in ordered]

    def _ids(self, want: IdsWant) -> list[str]:
        live = self._live.get(want.model, {})
        gone = {id for model, id in self._gone if model is want.model}
        stored = [id for id in self._answers.get(want, ()) if id not in live and id not in gone]
        return [*stored, *self._finder.find(want.model, want.field, want.value)]

    def _one(self, model: type[A], id: str) -> A | None:
        key = (model, id)
        if key in self._gone:
            return None
        live = self._live.setdefault(model, {})
        if id not in live and key in self._rows:
            live[id] = model.from_document(self._rows[key])
            self._seen.add(key)
        found = cast(A | None, live.get(id))
        if found is not None:
            self._finder.hand(found)
            self._count(key, found)
        return found

    def _count(self, key: Key, found: Aggregate) -> None:
        """What earlier members made of it gets a version of its own before this one sees it, as if it was stored."""
        if not self._naming or key in self._seen:
            return
        self._seen.add(key)
        document = found.to_document(found.version)
        if self._is_other(key, document):
            found.next_version()
            self._left[key] = document | {"version": found.version}
            self._guarded.discard(key)

    def _is_other(self, key: Key, document: Document) -> bool:
        """Whether it is another one than was stored or counted last, or has to be written anyway."""
        return key in self._guarded or document != self._left.get(key, self._rows.get(key))

    def add(self, aggregate: Aggregate) -> None:
        """Put a new aggregate among the documents."""
        key = (type(aggregate), aggregate.id)
        live = self._live.setdefault(key[0], {})
        if key[1] in live:
            raise ValueError(f"{key[0].__name__} {aggregate.id} is there already")
        live[key[1]] = aggregate
        self._seen.add(key)
        self._finder.hand(aggregate)
        if key in self._gone:
            self._gone.discard(key)
            aggregate.succeed(self._left.get(key, self._rows[key]))
        else:
            self._new.add(key)

    def remove(self, aggregate: Aggregate) -> None:
        """Take an aggregate out of the database."""
        key = (type(aggregate), aggregate.id)
        del self._live[key[0]][key[1]]
        self._finder.drop(aggregate)
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
        self._left, self._seen = {}, set()
        self.waiting = set()
        self._finder = Finder()

    def begin_member(self, *, naming: bool = False) -> None:
        """Another member runs now; what the last one was handed stays as it left it.

        A `naming` one states or is told versions: what others of this transaction changed is a version to it.
        """
        self._finder.begin()
        self._seen, self._naming = set(), naming

    def version_after(self, aggregate: Aggregate) -> int:
        """The version under which an aggregate stands once what was done so far is written."""
        key = (type(aggregate), aggregate.id)
        return aggregate.version + (aggregate.has_told or self._is_other(key, aggregate.to_document(aggregate.version)))

    def changes(self) -> tuple[list[Change], list[Key]]:
        """(what has to be written, what is gone)."""
        every = [((model, i), a, a.to_document(a.version)) for model, of in self._live.items() for i, a in of.items()]
        changes = [
            Change(a, self._stored(key), document | {"version": a.version + 1} if other else document)
            for key, a, document in every
            if (other := self._is_other(key, document)) or a.version != self._stored(key)
        ]
        return changes, list(self._gone)

    def _stored(self, key: Key) -> int:
        return 0 if key in self._new else int(self._rows[key]["version"])
