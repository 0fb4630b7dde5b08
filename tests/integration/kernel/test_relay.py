"""The relay on a real Kafka: in order, once in quiet times, at once, and only the faulty key waits."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from shared.db.changes import Changes
from shared.db.outbox import COLLECTION
from shared.messaging import relay, unsent
from shared.messaging.kafka import TopicToMake, make_topics
from shared.messaging.relay import send_again
from tests.integration.kernel.mail import TOPIC, Mail, running
from tests.integration.processes import until
from tests.integration.topics import hearing

TOO_LARGE = b"x" * 2_000_000


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
