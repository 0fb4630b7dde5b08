"""The feed: what a watcher hears, from where on, and what becomes of one that does not listen."""

import pytest

from shared.web.feed import BEHIND, KEPT, Change, Feed

RESET = b"event: reset\ndata: {}\n\n"
BEAT = b": beat\n\n"


def change(number: int) -> Change:
    return Change(f"e{number}", f"i{number}", number, "issue.grew", "open")


async def heard(feed: Feed, last: str | None, count: int) -> list[bytes]:
    messages: list[bytes] = []
    stream = feed.subscribe(last, lambda _change: True)
    async for message in stream:
        messages.append(message)
        if len(messages) == count:
            break
    await stream.aclose()
    return messages


@pytest.mark.parametrize("last", [0, 1, KEPT - 2])
async def test_what_was_missed_comes_first_and_in_order(last: int) -> None:
    feed = Feed()
    for number in range(KEPT):
        feed.publish(change(number))
    missed = [change(number).message() for number in range(last + 1, KEPT)]
    assert await heard(feed, f"e{last}", len(missed)) == missed


async def test_beyond_the_last_thousand_the_watcher_starts_over() -> None:
    feed = Feed()
    for number in range(KEPT + 1):
        feed.publish(change(number))
    assert await heard(feed, "e0", 2) == [RESET]
    assert await heard(feed, "e1", 1) != [RESET]


async def test_new_changes_follow_and_silence_is_broken_by_a_beat() -> None:
    feed = Feed(heartbeat=0.001)
    stream = feed.subscribe(None, lambda _change: True)
    assert await anext(stream) == BEAT
    feed.publish(change(1))
    feed.publish(change(2))
    assert [await anext(stream), await anext(stream)] == [change(1).message(), change(2).message()]
    assert await anext(stream) == BEAT
    await stream.aclose()


async def test_a_watcher_that_does_not_listen_costs_a_bounded_queue_and_starts_over() -> None:
    feed = Feed()
    stream = feed.subscribe(None, lambda _change: True)
    await anext(stream)
    for number in range(10 * BEHIND):
        feed.publish(change(number))
    messages = [message async for message in stream]
    assert len(messages) == BEHIND + 1
    assert messages[-1] == RESET


async def test_a_closed_feed_lets_everyone_go() -> None:
    feed = Feed()
    stream = feed.subscribe(None, lambda _change: True)
    await anext(stream)
    feed.close()
    assert [message async for message in stream] == []
    assert feed.watchers == 0


def test_the_latest_is_what_a_page_drawn_now_holds() -> None:
    feed = Feed()
    assert feed.latest is None
    feed.publish(change(3))
    assert feed.latest == "e3"
