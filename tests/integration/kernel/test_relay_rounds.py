"""The relay's rounds: full ones follow each other at once, and an orderly stop leaves no mark behind."""

import asyncio
from typing import Any

import pytest

from shared.db.outbox import COLLECTION, UNSENT
from shared.messaging import marking, relay, unsent
from tests.integration.kernel.mail import Mail, running


@pytest.fixture
def three_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds of three rows, and no look around in between."""
    monkeypatch.setattr(relay, "IDLE", 60.0)
    monkeypatch.setattr(unsent, "ROUND", 3)


@pytest.mark.usefixtures("three_at_a_time")
async def test_a_full_round_is_followed_by_the_next_without_a_wake_up(post: Mail) -> None:
    await post.tell(*"abababab")
    async with running(post.relay().run()):
        await post.heard("a", 4)
        await post.heard("b", 4)
    assert (post.sequences("a"), post.sequences("b")) == ([1, 2, 3, 4], [1, 2, 3, 4])


async def test_what_was_sent_is_marked_before_an_orderly_stop_ends(post: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "REST", 60.0)
    await post.tell("a", "b")
    async with running(post.relay().run()):
        await post.heard("a", 1)
        await post.heard("b", 1)
        assert await post.store.mongo.count(COLLECTION, UNSENT) == 2, "nobody has marked them yet"
    assert await post.store.mongo.count(COLLECTION, UNSENT) == 0


@pytest.mark.usefixtures("three_at_a_time")
async def test_what_is_committed_while_a_full_round_is_sent_waits_for_no_look_around(
    post: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next round was read before it, and is sent without looking again."""
    await post.tell(*"abab")
    one = post.relay()
    read, send, reads = one._unsent.rows, one._sender.send, asyncio.Semaphore(0)

    async def reading(*some: Any, **named: Any) -> Any:
        found = await read(*some, **named)
        reads.release()
        return found

    async def sending(rows: Any) -> None:
        await send(rows)
        if len(rows) == 3:
            await reads.acquire()
            await reads.acquire()
            await post.tell("late")
            one.wake()

    monkeypatch.setattr(one._unsent, "rows", reading)
    monkeypatch.setattr(one._sender, "send", sending)
    async with running(one.run()):
        await post.heard("late", 1)
    assert (post.sequences("a"), post.sequences("b")) == ([1, 2], [1, 2])
