"""Timers on a real MongoDB: once, not before their time, and none because of another."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from shared.db.client import Mongo
from shared.db.commit import commit_many
from shared.db.member import Member
from shared.db.store import Store
from shared.db.timers import Timer
from shared.db.uow import Cause, Uow
from shared.runtime import jobs
from shared.runtime.clock import SetClock
from shared.runtime.jobs import Jobs
from tests.integration.kernel.purse import put, store_on
from tests.integration.processes import until

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class OutOfOrder(Exception):
    """A handler that cannot do it now."""


@dataclass
class Clockwork:
    """A store with a clock that is set by hand, and its jobs."""

    store: Store
    clock: SetClock
    broken: bool = False

    def jobs(self) -> Jobs:
        """The jobs of one process."""

        async def pay(timer: Timer, uow: Uow) -> None:
            await put(timer.subject, 1, uow)

        async def fail(timer: Timer, uow: Uow) -> None:
            await put(timer.subject, 1, uow)
            if self.broken:
                raise OutOfOrder

        return Jobs(self.store, {"pay": pay, "fragile": fail}, uuid4().hex, lambda: None)

    async def set(self, kind: str, *subjects: str) -> None:
        """Set a timer a minute from now for each."""

        def of(subject: str) -> Member:
            async def set_timer(uow: Uow) -> None:
                uow.set_timer(kind, subject, uow.now + MINUTE)

            return Member(Cause(uuid4().hex), set_timer)

        await commit_many(self.store, [of(subject) for subject in subjects])

    async def money(self) -> dict[str, int]:
        """What every purse has."""
        return {row["_id"]: row["money"] for row in await self.store.mongo.find("purses", {})}

    async def waiting(self) -> int:
        """Timers that have not fired."""
        return await self.store.mongo.count("timers", {"done_at": None})


@pytest.fixture
async def clockwork(database: Callable[..., Mongo]) -> Clockwork:
    """It is noon."""
    clock = SetClock(NOON)
    return Clockwork(await store_on(database(), clock), clock)


async def test_a_timer_does_not_fire_before_its_time(clockwork: Clockwork) -> None:
    await clockwork.set("pay", "a")
    clockwork.clock.move(MINUTE - timedelta(milliseconds=1))
    await clockwork.jobs().fire_due()
    assert await clockwork.money() == {}
    clockwork.clock.move(timedelta(milliseconds=1))
    await clockwork.jobs().fire_due()
    assert await clockwork.money() == {"a": 1}


async def test_a_timer_is_marked_with_its_effects_and_never_fires_again(clockwork: Clockwork) -> None:
    await clockwork.set("pay", "a")
    clockwork.clock.move(MINUTE)
    for _ in range(3):
        await clockwork.jobs().fire_due()  # each time as after a restart
    (timer,) = await clockwork.store.mongo.find("timers", {})
    assert timer["done_at"] == NOON + MINUTE
    assert await clockwork.money() == {"a": 1}


async def test_a_late_start_fires_what_came_due_meanwhile(clockwork: Clockwork) -> None:
    await clockwork.set("pay", "a", "b")
    clockwork.clock.move(timedelta(days=3))
    await clockwork.jobs().fire_due()
    assert await clockwork.money() == {"a": 1, "b": 1}


async def test_more_than_one_round_takes_are_fired_in_turn(clockwork: Clockwork) -> None:
    await clockwork.set("pay", *(f"p{n}" for n in range(jobs.MOST + 20)))
    clockwork.clock.move(MINUTE)
    one = clockwork.jobs()
    assert await one.fire_due()
    assert await one.fire_due()
    assert not await one.fire_due()
    assert set((await clockwork.money()).values()) == {1}
    assert await clockwork.waiting() == 0


async def test_two_that_fire_at_once_act_once(clockwork: Clockwork) -> None:
    """Which is what a lease that ran out comes to."""
    await clockwork.set("pay", *(f"p{n}" for n in range(30)))
    clockwork.clock.move(MINUTE)
    await asyncio.gather(*(clockwork.jobs().fire_due() for _ in range(4)))
    assert await clockwork.money() == {f"p{n}": 1 for n in range(30)}


async def test_a_timer_that_fails_leaves_nothing_and_stops_no_other(clockwork: Clockwork) -> None:
    clockwork.broken = True
    await clockwork.set("fragile", "bad")
    await clockwork.set("pay", "a", "b")
    clockwork.clock.move(MINUTE)
    await clockwork.jobs().fire_due()
    assert await clockwork.money() == {"a": 1, "b": 1}
    assert await clockwork.waiting() == 1


async def test_a_timer_that_failed_is_tried_again_after_a_while(
    clockwork: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    clockwork.broken = True
    await clockwork.set("fragile", "bad")
    clockwork.clock.move(MINUTE)
    one = clockwork.jobs()
    await one.fire_due()
    clockwork.broken = False
    await one.fire_due()
    assert await clockwork.waiting() == 1  # not at once
    monkeypatch.setattr(jobs, "TRY_AGAIN", 0.0)
    clockwork.broken = True
    other = clockwork.jobs()
    await other.fire_due()
    clockwork.broken = False
    await other.fire_due()
    assert await clockwork.money() == {"bad": 1}


async def test_of_two_processes_one_fires_and_the_other_follows_when_it_stops(clockwork: Clockwork) -> None:
    one, two = asyncio.create_task(clockwork.jobs().run()), asyncio.create_task(clockwork.jobs().run())
    await clockwork.set("pay", "a")
    clockwork.clock.move(MINUTE)

    async def all_fired() -> bool:
        return not await clockwork.waiting()

    await until(all_fired, "the timer fires")
    one.cancel()
    await clockwork.set("pay", "a")
    clockwork.clock.move(MINUTE)
    await until(all_fired, "the timer fires without the first")
    two.cancel()
    await asyncio.gather(one, two, return_exceptions=True)
    assert await clockwork.money() == {"a": 2}
