"""`commit_many` on a real MongoDB: together when all is well, apart when it is not, once whatever happens."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Event
from typing import Any
from uuid import uuid4

import pytest

from shared.db.client import Commit, CommitUnknown, Find, Insert, Mongo, Step
from shared.db.commit import commit_many
from shared.db.member import COMMANDS, INBOX, Member
from shared.db.outbox import COLLECTION as OUTBOX
from shared.db.parking import Parked
from shared.db.uow import Cause, Uow
from shared.errors import Unavailable
from tests.integration.kernel.purse import Marker, NotEnough, Purse, put, store_on

Databases = Callable[..., Mongo]


def member(handler: Any, *args: Any, id: str | None = None, marker: str = COMMANDS) -> Member:
    return Member(Cause(id or uuid4().hex), lambda uow: handler(*args, uow), marker)


async def money(mongo: Mongo, purse: str) -> int:
    return int((await mongo.find("purses", {"_id": purse}))[0]["money"])


def record(handler: Any, *args: Any) -> Member:
    """What a topic has brought: it can be put aside until what it needs is there."""
    return replace(member(handler, *args, marker=INBOX), park=never)


def never(key: str) -> Parked:
    raise AssertionError(key)


@pytest.mark.parametrize(("comes", "version"), [(member, 50), (record, 1)], ids=["commands", "records"])
async def test_members_see_each_others_changes_and_share_one_write(
    comes: Callable[..., Member], version: int, database: Databases
) -> None:
    """Who commands is told a version; what records change together is one."""
    store = await store_on(database())
    outcomes = await commit_many(store, [comes(put, "a", 1) for _ in range(50)])
    assert [o.result for o in outcomes] == list(range(1, 51))
    (row,) = await store.mongo.find("purses", {})
    assert (row["money"], row["version"], row["sequence"]) == (50, version, 50)


async def test_every_event_has_its_sequence_without_gap(database: Databases) -> None:
    store = await store_on(database())
    for _ in range(3):
        await commit_many(store, [member(put, "a", 1) for _ in range(4)])
    rows = await store.mongo.find(OUTBOX, {}, sort=[("at", 1), ("sequence", 1)])
    assert [row["sequence"] for row in rows] == list(range(1, 13))


async def test_a_refusal_costs_only_the_one_who_is_refused(database: Databases) -> None:
    store = await store_on(database())
    good = [member(put, "a", 1) for _ in range(5)]
    outcomes = await commit_many(store, [*good[:2], member(put, "a", -100), *good[2:]])
    assert [type(o.error) for o in outcomes] == [type(None)] * 2 + [NotEnough] + [type(None)] * 3
    assert await money(store.mongo, "a") == 5


async def test_many_refusals_are_taken_apart(database: Databases) -> None:
    store = await store_on(database())
    members = [member(put, f"p{n}", -1 if n % 2 else 1) for n in range(20)]
    outcomes = await commit_many(store, members)
    assert [o.error is None for o in outcomes] == [n % 2 == 0 for n in range(20)]
    assert await store.mongo.count("purses", {}) == 10


async def test_a_refused_member_that_a_neighbour_makes_possible_goes_through(database: Databases) -> None:
    store = await store_on(database())
    outcomes = await commit_many(store, [member(put, "a", -1), member(put, "a", 1)])
    assert outcomes[1].error is None
    assert await money(store.mongo, "a") in (0, 1)


async def test_what_was_done_before_is_not_done_again(database: Databases) -> None:
    store = await store_on(database())
    await commit_many(store, [member(put, "a", 1, id="x")])
    outcomes = await commit_many(store, [member(put, "a", 1, id="x"), member(put, "a", 1, id="y")])
    assert outcomes[0].done is not None
    assert outcomes[1].result == 2


async def test_the_same_id_twice_in_a_batch_counts_once(database: Databases) -> None:
    store = await store_on(database())
    await commit_many(store, [member(put, "a", 1, id="x"), member(put, "a", 1, id="x")])
    assert await money(store.mongo, "a") == 1


async def test_writers_at_once_lose_nothing(database: Databases) -> None:
    store = await store_on(database())
    groups = [[member(put, "hot", 1) for _ in range(20)] for _ in range(10)]
    await asyncio.gather(*(commit_many(store, group) for group in groups))
    assert await money(store.mongo, "hot") == 200
    rows = await store.mongo.find(OUTBOX, {}, sort=[("sequence", 1)])
    assert [row["sequence"] for row in rows] == list(range(1, 201))


async def test_new_purses_of_one_owner_at_once_become_one(database: Databases) -> None:
    store = await store_on(database())

    async def open_for(owner: str, uow: Uow) -> str:
        (found,) = await uow.find(Purse, owner=owner) or [uow.add(Purse(id=uow.new_id(), owner=owner))]
        found.money += 1
        return found.id

    await asyncio.gather(*(commit_many(store, [member(open_for, "o") for _ in range(5)]) for _ in range(6)))
    (row,) = await store.mongo.find("purses", {})
    assert row["money"] == 30


async def test_a_decision_guards_what_it_was_read_from(database: Databases) -> None:
    """At most three marks a purse: without the guard, two transactions would each see two and both insert."""
    store = await store_on(database())
    await commit_many(store, [member(put, "a", 1)])

    async def mark(uow: Uow) -> bool:
        purse = await uow.get(Purse, "a", decide=True)
        if purse is None or len(await uow.find(Marker, purse="a")) >= 3:
            return False
        uow.add(Marker(id=uow.new_id(), purse="a"))
        return True

    await asyncio.gather(*(commit_many(store, [member(mark)]) for _ in range(20)))
    assert await store.mongo.count("marks", {}) == 3


async def test_five_hundred_members_cost_few_round_trips(database: Databases) -> None:
    store = await store_on(database())
    await commit_many(store, [member(put, f"p{n}", 1) for n in range(500)])
    turns: list[list[str]] = []
    do = store.mongo.do

    async def counted(steps: Sequence[Step], **more: Any) -> Any:
        turns.append([type(step).__name__ for step in steps])
        return await do(steps, **more)

    store.mongo.do = counted  # type: ignore[method-assign]
    await commit_many(store, [member(put, f"p{n}", 1) for n in range(500)])
    loading, writing = turns
    assert loading == ["Find", "Find"]
    assert [step for step in writing if step != "_Written"] == ["Insert", "Insert", "Replace", "Commit"]


async def test_a_transaction_that_a_killed_process_left_open_blocks_its_own_ids_only(
    database: Databases,
) -> None:
    store = await store_on(database())
    store.deadline = 1.5
    left = await store.mongo._client.start_session()
    left.start_transaction()
    await store.mongo.insert("commands", [{"_id": "x"}], session=left)
    outcomes = await commit_many(store, [member(put, n, 1, id=id) for n, id in (("a", "w"), ("b", "x"), ("c", "y"))])
    assert [type(outcome.error) for outcome in outcomes] == [type(None), Unavailable, type(None)]
    await left.abort_transaction()
    await left.end_session()
    (again,) = await commit_many(store, [member(put, "b", 1, id="x")])
    assert again.result == 1


@dataclass(frozen=True)
class Gate:
    """A step that takes until it is let go on."""

    reached: Event = field(default_factory=Event)
    open: Event = field(default_factory=Event)

    def do(self, *_: object) -> None:
        self.reached.set()
        assert self.open.wait(10)


@pytest.mark.parametrize("place", [0, 1, 2])
async def test_a_transaction_that_is_cancelled_leaves_nothing_whatever_its_thread_does(
    database: Databases, place: int
) -> None:
    mongo, gate = (await store_on(database())).mongo, Gate()
    steps: list[Step] = [Insert("purses", [{"_id": "a"}]), Insert("outbox", [{"_id": "b", "key": b"b", "sequence": 1}])]
    steps.insert(place, gate)

    async def write() -> None:
        async with mongo.transaction() as session:
            await mongo.do([Find("purses", {"_id": "a"})], session=session)
            await mongo.do([*steps, Commit()], session=session)

    writing = asyncio.create_task(write())
    assert await asyncio.to_thread(gate.reached.wait, 10)
    writing.cancel()
    done, _ = await asyncio.wait({writing}, timeout=0.3)
    assert not done, "the session was put away while its thread was at work"
    gate.open.set()
    await asyncio.gather(writing, return_exceptions=True)
    assert writing.cancelled()
    assert [await mongo.count(name, {}) for name in ("purses", "outbox")] == [0, 0]


@pytest.mark.parametrize("answer", [None, lambda result: {"answer": result}])
async def test_who_was_committed_without_an_answer_of_the_database_gets_the_result(
    answer: Any, database: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also who has no key, for whom no answer is kept."""
    store, commit, lost = await store_on(database()), Commit.do, list[bool]()

    def unheard(step: Commit, *args: Any) -> None:
        commit(step, *args)
        if not lost:
            lost.append(True)
            raise CommitUnknown("AutoReconnect")

    monkeypatch.setattr(Commit, "do", unheard)
    (outcome,) = await commit_many(store, [Member(Cause(uuid4().hex), partial(put, "a", 1), answer=answer)])
    assert lost
    assert outcome.error is None
    assert (outcome.result or (outcome.done or {}).get("answer")) == 1
    assert await money(store.mongo, "a") == 1
