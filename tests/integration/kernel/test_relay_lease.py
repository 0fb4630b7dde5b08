"""The relay's lease on a real Kafka: one after the other, and who has lost it sends nothing old."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from shared.messaging.relay import Relay
from tests.integration.kernel.mail import Mail, running
from tests.integration.processes import until


async def test_a_stopped_relay_is_followed_by_the_next_at_once(post: Mail) -> None:
    two = post.relay("two")
    async with running(two.run()):
        async with running(post.relay("one").run()):
            await post.tell("a")
            await post.heard("a", 1)
        await post.tell("a", "a")
        started = monotonic()
        await post.heard("a", 3)
        assert monotonic() - started < 3.0
    assert post.sequences("a") == [1, 2, 3]


async def overtaken(post: Mail, hold_up: Callable[[Relay, asyncio.Event], asyncio.Event]) -> None:
    """One relay is held up with rows in its hand until its lease is over and another has gone on; then it wakes."""
    go_on = asyncio.Event()
    zombie, heir = post.relay("zombie"), post.relay("heir")
    await post.tell("a", "a")
    stuck = hold_up(zombie, go_on)
    async with running(zombie.run()):
        await asyncio.wait_for(stuck.wait(), 20)
        await post.store.mongo.update("leases", {"_id": "relay"}, {"$set": {"until": datetime(2000, 1, 1, tzinfo=UTC)}})
        async with running(heir.run()):
            await post.heard("a", 2)
            await post.tell("a", "a")
            await post.heard("a", 4)
            beat = zombie.beat
            go_on.set()

            async def has_woken() -> bool:
                return zombie.beat > beat

            await until(has_woken, "the zombie looks at its lease")
            await post.tell("a")
            await post.heard("a", 5)
    assert post.sequences("a") == [1, 2, 3, 4, 5]


async def test_a_relay_that_lost_its_lease_while_sending_sends_nothing_old(post: Mail) -> None:
    def hold_up(zombie: Relay, go_on: asyncio.Event) -> asyncio.Event:
        stuck, transact = asyncio.Event(), zombie._sender.send

        async def slow(rows: Any) -> None:
            stuck.set()
            await go_on.wait()
            await transact(rows)

        zombie._sender.send = slow  # type: ignore[method-assign]
        return stuck

    await overtaken(post, hold_up)


async def test_a_relay_that_lost_its_lease_while_sending_apart_sends_nothing_old(post: Mail) -> None:
    def hold_up(zombie: Relay, go_on: asyncio.Event) -> asyncio.Event:
        stuck, drop, transact = asyncio.Event(), zombie._close_sender, zombie._sender.send

        async def faulty(rows: Any) -> None:
            zombie._sender.send = transact  # type: ignore[method-assign]
            raise ValueError

        async def slow() -> None:
            zombie._close_sender = drop  # type: ignore[method-assign]
            await drop()
            stuck.set()
            await go_on.wait()

        zombie._sender.send, zombie._close_sender = faulty, slow  # type: ignore[method-assign]
        return stuck

    await overtaken(post, hold_up)


async def test_a_relay_that_lost_its_lease_while_opening_a_producer_sends_nothing_old(post: Mail) -> None:
    def hold_up(zombie: Relay, go_on: asyncio.Event) -> asyncio.Event:
        stuck, begin, transact = asyncio.Event(), zombie._sender.open, zombie._sender.send

        async def faulty(rows: Any) -> None:
            zombie._sender.send = transact  # type: ignore[method-assign]
            zombie._sender.open = slow  # type: ignore[method-assign]
            raise ValueError

        async def slow() -> None:
            stuck.set()
            await go_on.wait()
            await begin()

        zombie._sender.send = faulty  # type: ignore[method-assign]
        return stuck

    await overtaken(post, hold_up)
