"""Leases by MongoDB's clock: one holder, given back at once or free when time is over."""

import asyncio
from collections.abc import Callable

import pytest

from shared.db import lease
from shared.db.client import Mongo, StoreAway
from shared.db.lease import Lease, held
from tests.integration.processes import until

Databases = Callable[..., Mongo]


async def test_of_many_at_once_one_holds_it(database: Databases) -> None:
    mongo = database()
    leases = [Lease(mongo, "relay", f"holder-{n}") for n in range(20)]
    for _ in range(3):
        held = await asyncio.gather(*(one.hold() for one in leases))
        assert sum(held) == 1


async def test_its_holder_may_renew_it(database: Databases) -> None:
    mongo = database()
    one, two = Lease(mongo, "relay", "one"), Lease(mongo, "relay", "two")
    assert [await one.hold(), await one.hold(), await two.hold()] == [True, True, False]


async def test_given_back_it_is_free_at_once(database: Databases) -> None:
    mongo = database()
    one, two = Lease(mongo, "relay", "one"), Lease(mongo, "relay", "two")
    assert await one.hold()
    await two.let_go()
    assert not await two.hold()
    await one.let_go()
    assert await two.hold()


async def test_a_holder_that_says_nothing_loses_it(database: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "SECONDS", 1.0)
    mongo = database()
    one, two = Lease(mongo, "relay", "one"), Lease(mongo, "relay", "two")
    assert await one.hold()
    assert not await two.hold()
    await until(two.hold, "the lease runs out", 10)
    assert not await one.hold()


async def test_leases_of_other_names_are_others(database: Databases) -> None:
    mongo = database()
    assert await Lease(mongo, "relay", "one").hold()
    assert await Lease(mongo, "jobs", "two").hold()


class Shaky(Lease):
    """Its second try to renew meets a database that is away."""

    tries = 0

    async def hold(self) -> bool:
        self.tries += 1
        if self.tries == 2:
            raise StoreAway("leases")
        return await super().hold()


async def test_a_moment_without_the_database_does_not_cost_the_lease(
    database: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "SECONDS", 2.0)
    mongo = database()
    one, two = Shaky(mongo, "relay", "one"), Lease(mongo, "relay", "two")

    async def renewed_after_it() -> bool:
        return one.tries >= 6

    async with held(one):
        await until(renewed_after_it, "it goes on renewing", 20)
        assert not await two.hold()
    assert await two.hold()
