"""The stream resumes behind an event, starts over where it cannot, tells each reader what is theirs."""

import pytest

from shared.web.feed import Change, Feed
from shared.web.limits import Limit
from tests.component.web.conftest import AppOf, Asgi

STREAM = "/api/sample/v1/stream"
AGENT = {"authorization": "Bearer agent-key"}
OFFICER = {"authorization": "Bearer officer-key"}


def change(number: int, kind: str = "open") -> Change:
    return Change(f"e{number}", "issue-1", number, "issue.grew", kind)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (STREAM, {"last-event-id": "e1"}),
        (f"{STREAM}?after=e1", {}),
        (f"{STREAM}?after=e9", {"last-event-id": "e1"}),
    ],
)
async def test_it_goes_on_behind_the_last_event(
    app_of: AppOf, asgi: Asgi, feed: Feed, path: str, headers: dict[str, str]
) -> None:
    for number in range(3):
        feed.publish(change(number))
    heard = await asgi(app_of(), "GET", path, AGENT | headers, until=b"id: e2")
    assert heard.status == 200
    assert b"e1" not in heard.body
    assert b'id: e2\nevent: changed\ndata: {"id":"issue-1","version":2,"type":"issue.grew"}\n\n' in heard.body


async def test_an_unknown_event_is_answered_with_reset_and_the_end(app_of: AppOf, asgi: Asgi) -> None:
    heard = await asgi(app_of(), "GET", STREAM, AGENT | {"last-event-id": "gone"}, until=b"never")
    assert heard.body == b"event: reset\ndata: {}\n\n"


async def test_each_reader_hears_what_is_theirs(app_of: AppOf, asgi: Asgi, feed: Feed) -> None:
    feed.publish(change(0))
    feed.publish(change(1, "personnel"))
    feed.publish(change(2))
    path = f"{STREAM}?after=e0"
    assert b"e1" not in (await asgi(app_of(), "GET", path, AGENT, until=b"id: e2")).body
    assert b"e1" in (await asgi(app_of(), "GET", path, OFFICER, until=b"id: e2")).body


async def test_it_outlives_the_time_limit_of_a_request(app_of: AppOf, asgi: Asgi) -> None:
    heard = await asgi(app_of(limit=Limit(seconds=0.02)), "GET", STREAM, AGENT, until=b": beat\n\n" * 5)
    assert heard.body == b": beat\n\n" * 5


async def test_nobody_hears_without_credentials(app_of: AppOf, asgi: Asgi) -> None:
    assert (await asgi(app_of(), "GET", STREAM, {})).status == 401


async def test_a_watcher_that_left_is_forgotten(app_of: AppOf, asgi: Asgi, feed: Feed) -> None:
    await asgi(app_of(), "GET", STREAM, AGENT, until=b": beat")
    assert feed.watchers == 0
