"""What the live stream hears of its own topics: odd records are passed over, a gap makes every page start over."""

from typing import Any

import pytest
from aiokafka import ConsumerRecord

from shared.contracts.catalogue import CATALOGUE
from shared.messaging import feed as messaging_feed
from shared.messaging.feed import OwnTopics, heard_in
from shared.runtime.settings import Settings
from shared.web.feed import Change, Feed

ENTRY = CATALOGUE["complaint.created"]


def a_record(headers: list[tuple[str, Any]], key: bytes | None = b"c-1") -> Any:
    return ConsumerRecord("complaint.created", 0, 1, 0, 0, key, b"{}", None, 0, 0, tuple(headers))


def test_an_event_is_heard_with_its_aggregate_and_sequence() -> None:
    heard = heard_in(ENTRY, a_record([("ce_id", b"e-1"), ("ce_sequence", b"7")]))
    assert heard is not None
    assert (heard.event_id, heard.subject, heard.sequence) == ("e-1", "c-1", 7)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("ce_id", None)],
        [("ce_id", b"e-1"), ("ce_sequence", b"9" * 5000)],
        [("ce_id", b"e-1"), ("ce_sequence", b"seven")],
    ],
    ids=["no headers", "an id without a value", "a sequence without end", "a sequence in words"],
)
def test_a_record_that_is_no_event_is_passed_over(headers: list[tuple[str, Any]]) -> None:
    assert heard_in(ENTRY, a_record(headers)) is None


def test_bytes_that_are_no_text_do_not_end_the_stream() -> None:
    assert heard_in(ENTRY, a_record([("ce_id", b"\xff")], key=b"\xfe")) is not None


async def test_after_a_gap_every_watcher_starts_over() -> None:
    feed = Feed()
    watching = feed.subscribe(None, lambda _: True)
    assert await anext(watching) == b": beat\n\n"
    feed.publish(Change("e-1", "c-1", 1, "complaint.created", "internal"))
    feed.start_over()
    told = [message async for message in watching]
    assert told[-1].startswith(b"event: reset")
    assert feed.latest is None


@pytest.mark.parametrize("service", ["intake", "alerts", "sharing"])
async def test_every_topic_of_a_service_is_followed_by_one_reader(
    service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: dict[bool, list[str]] = {}

    class Reader:
        def __init__(self, _: object, *topics: str, latest: bool, fetching: dict[str, int]) -> None:
            followed.setdefault(bool(fetching), []).extend(topics)

        async def start(self) -> None:
            raise ConnectionError

        async def stop(self) -> None:
            pass

    monkeypatch.setattr(messaging_feed, "groupless_consumer", Reader)
    monkeypatch.setattr(messaging_feed, "START", 0.2)
    own = OwnTopics(service, Settings(kafka="127.0.0.1:1", mongo="mongodb://127.0.0.1:1", namespace="", mode="local"))
    await own.start()
    await own.stop()
    told = [entry for entry in CATALOGUE.values() if entry.owner == service and not entry.command]
    assert sorted(topic for topics in followed.values() for topic in topics) == sorted(entry.topic for entry in told)
    assert set(followed.get(True, ())) == {entry.topic for entry in told if entry.frequent}
