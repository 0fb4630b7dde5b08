"""The relay on a real Kafka: in order, once in quiet times, at once, and only the faulty key waits."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from shared.db.changes import Changes
from shared.db.client import Mongo
from shared.db.outbox import COLLECTION
from shared.messaging import relay, unsent
from shared.messaging.kafka import TopicToMake, make_topics
from shared.messaging.relay import Relay, send_again
from shared.runtime.settings import Settings
from tests.integration.kernel.mail import TOPIC, Mail, mail
from tests.integration.processes import until
from tests.integration.topics import hearing

TOO_LARGE = b"x" * 2_000_000


@pytest.fixture
async def post(database: Callable[..., Mongo], settings: Settings) -> AsyncIterator[Mail]:
    """An empty outbox."""
    async with mail(database(), settings) as made:
        yield made


@asynccontextmanager
async def running(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run relays, and stop them in order."""
    tasks = [asyncio.create_task(part) for part in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_events_arrive_in_order_with_their_headers_and_body(post: Mail) -> None:
    await post.tell("a", "b", "a", "a", "b")
    async with running(post.relay().run()):
        await post.heard("a", 3)
        await post.heard("b", 2)
        await post.all_sent()
    assert (post.sequences("a"), post.sequences("b")) == ([1, 2, 3], [1, 2])
    first, row = post.ear.all[0], (await post.rows())[0]
    assert first.said == {name: bytes(value).decode() for name, value in row["headers"]}
    assert {"content-type", "ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion"} <= first.said.keys()
    assert (first.said["ce_type"], first.said["ce_id"]) == (TOPIC, row["_id"])
    assert first.data["complaints"] == 1


async def test_in_quiet_times_nothing_is_sent_twice(post: Mail) -> None:
    one = post.relay()
    async with running(one.run()):
        await post.tell("a", "a")
        await post.all_sent()
        for _ in range(3):
            beat = one.beat
            one.wake()

            async def has_looked(beat: float = beat) -> bool:
                return one.beat > beat

            await until(has_looked, "the relay looks again")
        await post.tell("last")
        await post.heard("last", 1)
    assert post.sequences("a") == [1, 2]


async def test_a_row_that_is_too_large_holds_back_its_key_only(post: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsent, "HOLD_BACK", 0.3)
    await post.tell("bad", "bad", "good", "good")
    good = (await post.rows())[0]["body"]
    await post.change("bad", 1, body=TOO_LARGE)
    async with running(post.relay().run()):
        await post.heard("good", 2)
        await post.tell("other")
        await post.heard("other", 1)
        assert post.sequences("bad") == []
        await post.change("bad", 1, body=good)
        await post.heard("bad", 2)
        await post.all_sent()
    assert (post.sequences("bad"), post.sequences("good")) == ([1, 2], [1, 2])


async def test_a_topic_that_is_not_there_holds_back_its_key_until_it_is(
    post: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsent, "HOLD_BACK", 0.3)
    late = "issue.late"
    await post.tell("bad", "bad", "good")
    await post.change("bad", 1, topic=late)
    async with running(post.relay().run()):
        await post.heard("good", 1)
        assert post.sequences("bad") == []
        await make_topics(post.settings.brokers, [TopicToMake(post.settings.named(late), 1, {})], 1)
        await post.heard("bad", 2)
        async with hearing(post.settings, late) as ear:
            assert (await ear.first(late)).key == "bad"


async def test_a_commit_of_the_same_process_is_sent_at_once(post: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "IDLE", 60.0)
    one = post.relay()
    seconds = []
    async with running(one.run()):
        await post.tell("warm")
        one.wake()
        await post.heard("warm", 1)
        for n in range(1, 6):
            await post.tell("a")
            started = monotonic()
            one.wake()
            await post.heard("a", n)
            seconds.append(monotonic() - started)
    assert min(seconds) < 0.1, seconds


async def test_a_commit_of_another_process_wakes_it(post: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "IDLE", 60.0)
    one = post.relay()
    async with running(one.run(), one.watch(Changes(post.store.mongo).new_in(COLLECTION))):
        for n in range(1, 6):
            await post.tell("a")
            await post.heard("a", n)


async def test_what_was_sent_lately_can_be_sent_again_with_the_same_ids(post: Mail) -> None:
    async with running(post.relay().run()):
        await post.tell("old", "new")
        await post.all_sent()
        await post.change("old", 1, published_at=datetime.now(UTC) - timedelta(minutes=5))
        assert await send_again(post.store.mongo, timedelta(minutes=1)) == 1
        await post.all_sent()
        await post.tell("last")
        await post.heard("last", 1)
    assert (post.sequences("old"), post.sequences("new")) == ([1], [1, 1])
    assert len({heard.said["ce_id"] for heard in post.ear.all}) == 3


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
