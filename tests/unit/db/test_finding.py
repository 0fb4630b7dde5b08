"""What is found among live documents is what a look at each of them would find, whoever changed what in between."""

from typing import Any, ClassVar

from hypothesis import given
from hypothesis import strategies as st

from shared.db.aggregate import Aggregate
from shared.db.wants import Want
from shared.db.workspace import Workspace

VALUES = st.sampled_from([None, "a", "b", 1, ("x",)])
IDS = st.sampled_from([f"id-{n}" for n in range(6)])
STEP = st.tuples(st.sampled_from(["begin", "add", "get", "change", "remove", "find"]), IDS, VALUES)


class Thing(Aggregate):
    """Something with a value that changes."""

    collection: ClassVar[str] = "things"

    value: Any = None


class Naive:
    """The same documents, looked at one by one."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.workspace = Workspace(complete=True)
        self.things: dict[str, Thing] = {}
        rows = [
            {"_id": id, "value": value, "version": 1, "sequence": 0, "told_at": None} for id, value in stored.items()
        ]
        for row in rows:
            self.workspace.hold(Want(Thing, "_id", row["_id"]), [row])
        self.handed: set[str] = set()

    def begin(self, _id: str, _value: Any) -> None:
        self.workspace.begin_member()
        self.handed.clear()

    def add(self, id: str, value: Any) -> None:
        if self.get(id, None) is None:
            self.things[id] = Thing(id=id, value=value)
            self.workspace.add(self.things[id])
            self.handed.add(id)

    def get(self, id: str, _value: Any) -> Thing | None:
        found: Thing | None = self.workspace.answer(Want(Thing, "_id", id))
        if found is not None:
            self.things[id] = found
            self.handed.add(id)
        return found

    def change(self, id: str, value: Any) -> None:
        if id in self.handed:
            self.things[id].value = value

    def remove(self, id: str, _value: Any) -> None:
        if id in self.handed:
            self.workspace.remove(self.things.pop(id))
            self.handed.discard(id)

    def find(self, _id: str, value: Any) -> None:
        found = self.workspace.answer(Want(Thing, "value", value))
        assert {a.id for a in found} == {id for id, thing in self.things.items() if thing.value == value}
        self.handed |= {a.id for a in found}


@given(st.dictionaries(IDS, VALUES), st.lists(STEP, max_size=40))
def test_nothing_is_missed_and_nothing_is_found_that_is_not_so(stored: dict[str, Any], steps: list[Any]) -> None:
    naive = Naive(stored)
    for step, id, value in steps:
        getattr(naive, step)(id, value)
    for value in (None, "a", "b", 1):
        naive.find("", value)


def test_those_that_come_first_are_found_first() -> None:
    workspace = Workspace(complete=True)
    for id in ("c", "a", "b"):
        workspace.begin_member()
        workspace.add(Thing(id=id, value="same"))
    assert [thing.id for thing in workspace.answer(Want(Thing, "value", "same"))] == ["c", "a", "b"]


def test_a_value_that_is_a_list_is_no_value_to_be_found_by() -> None:
    workspace = Workspace(complete=True)
    workspace.add(Thing(id="a", value=["x"]))
    workspace.begin_member()
    assert workspace.answer(Want(Thing, "value", "x")) == []
