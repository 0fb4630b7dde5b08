"""The version that an answer names is the one under which its aggregate stands afterwards, changed or not."""

from collections.abc import Awaitable, Callable
from functools import partial
from itertools import product
from uuid import uuid4

import pytest

from shared.contracts.issue import IssueGrew
from shared.db.client import Mongo
from shared.db.commit import commit_many
from shared.db.member import COMMANDS, INBOX, Member
from shared.db.store import Store
from shared.db.uow import Cause, Uow
from shared.db.wants import Want
from shared.db.workspace import Workspace
from shared.errors import Conflict
from tests.integration.kernel.purse import Purse, put, store_on

Handler = Callable[[Uow], Awaitable[Purse]]


async def add(uow: Uow) -> Purse:
    return uow.add(Purse(id="new", owner="new"))


async def add_and_change(uow: Uow) -> Purse:
    await add(uow)
    purse = await uow.need(Purse, "new")
    purse.money += 1
    return purse


async def change(uow: Uow) -> Purse:
    purse = await uow.need(Purse, "old")
    purse.money += 1
    return purse


async def change_the_new_one(uow: Uow) -> Purse:
    purse = await uow.need(Purse, "new")
    purse.money += 1
    return purse


async def change_and_take_back(uow: Uow) -> Purse:
    purse = await change(uow)
    purse.money -= 1
    return purse


async def only_tell(uow: Uow) -> Purse:
    purse = await uow.need(Purse, "old")
    purse.record(IssueGrew(issue_id="old", complaint_id="c", complaints=1, severity="minor"))
    return purse


async def only_look(uow: Uow) -> Purse:
    return await uow.need(Purse, "old")


async def decide_from(uow: Uow) -> Purse:
    purse = await uow.get(Purse, "old", decide=True)
    assert purse is not None
    return purse


async def put_another_in_its_place(uow: Uow) -> Purse:
    uow.remove(await uow.need(Purse, "old"))
    return uow.add(Purse(id="old", owner="another"))


async def change_the_first_version(uow: Uow) -> Purse:
    purse = await uow.need(Purse, "old")
    if purse.version != 1:
        raise Conflict
    purse.money += 1
    return purse


ON_THE_OLD = (change, change_and_take_back, only_tell, only_look, decide_from, put_another_in_its_place)
PAIRS = [*product(ON_THE_OLD, repeat=2), (add, change_the_new_one), (add_and_change, change_the_new_one)]


def asking(handler: Handler, marker: str = COMMANDS) -> Member:
    async def answer(uow: Uow) -> tuple[str, int]:
        purse = await handler(uow)
        return purse.id, uow.workspace.version_after(purse)

    return Member(Cause(uuid4().hex), answer, marker)


async def store_with_one(mongo: Mongo) -> Store:
    store = await store_on(mongo)
    await commit_many(store, [Member(Cause(uuid4().hex), partial(put, "old", 5))])
    return store


async def version_in(store: Store, id: str) -> int:
    (row,) = await store.mongo.find("purses", {"_id": id})
    return int(row["version"])


@pytest.mark.parametrize("handler", [add, add_and_change, *ON_THE_OLD])
async def test_the_version_of_an_answer_is_the_one_that_is_stored(
    handler: Handler, database: Callable[..., Mongo]
) -> None:
    store = await store_with_one(database())
    (outcome,) = await commit_many(store, [asking(handler)])
    assert outcome.error is None
    id, version = outcome.result
    assert version == await version_in(store, id)


@pytest.mark.parametrize("handler", [add, add_and_change])
async def test_a_new_one_begins_with_its_first_version(handler: Handler, database: Callable[..., Mongo]) -> None:
    store = await store_on(database())
    await commit_many(store, [asking(handler)])
    assert await version_in(store, "new") == 1


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: " then ".join(handler.__name__ for handler in pair))
async def test_two_in_one_transaction_are_told_the_versions_of_two_transactions(
    pair: tuple[Handler, Handler], database: Callable[..., Mongo]
) -> None:
    together, apart = await store_with_one(database()), await store_with_one(database())
    answers = [outcome.result for outcome in await commit_many(together, [asking(handler) for handler in pair])]
    one_by_one = [(await commit_many(apart, [asking(handler)]))[0].result for handler in pair]
    assert answers == one_by_one
    id, version = answers[-1]
    assert await version_in(together, id) == version


@pytest.mark.parametrize("marker", [COMMANDS, INBOX], ids=["requests", "timers"])
async def test_of_two_who_state_the_same_version_in_one_transaction_the_second_is_refused(
    marker: str, database: Callable[..., Mongo]
) -> None:
    store = await store_with_one(database())
    first, second = await commit_many(store, [asking(change_the_first_version, marker) for _ in range(2)])
    assert first.error is None
    assert isinstance(second.error, Conflict)
    (row,) = await store.mongo.find("purses", {"_id": "old"})
    assert (row["money"], row["version"]) == (6, 2)


def test_what_was_stored_is_never_replaced_by_one_who_has_not_taken_it_away() -> None:
    """Its row came with what a neighbour had asked for; the database will say that it is there."""
    stored, workspace = Purse(id="old", owner="old", money=5), Workspace()
    workspace.hold(Want(Purse, "owner", "old"), [stored.to_document(4)])
    workspace.add(Purse(id="old", owner="another"))
    ((change,), gone) = workspace.changes()
    assert (change.stored, change.document["version"], gone) == (0, 1, [])
