"""The version that an answer names is the one under which its aggregate stands afterwards, changed or not."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import uuid4

import pytest

from shared.contracts.issue import IssueGrew
from shared.db.client import Mongo
from shared.db.commit import commit_many
from shared.db.member import Member
from shared.db.uow import Cause, Uow
from tests.integration.kernel.purse import Purse, put, store_on


async def add(uow: Uow) -> Purse:
    return uow.add(Purse(id="new", owner="new"))


async def change(uow: Uow) -> Purse:
    purse = await uow.need(Purse, "old")
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


@pytest.mark.parametrize("handler", [add, change, change_and_take_back, only_tell, only_look, decide_from])
async def test_the_version_of_an_answer_is_the_one_that_is_stored(
    handler: Callable[[Uow], Awaitable[Purse]], database: Callable[..., Mongo]
) -> None:
    store = await store_on(database())
    await commit_many(store, [Member(Cause(uuid4().hex), partial(put, "old", 5))])

    async def answer(uow: Uow) -> tuple[str, int]:
        purse = await handler(uow)
        return purse.id, uow.workspace.version_after(purse)

    (outcome,) = await commit_many(store, [Member(Cause(uuid4().hex), answer)])
    assert outcome.error is None
    id, version = outcome.result
    (row,) = await store.mongo.find("purses", {"_id": id})
    assert version == row["version"]
