"""The relay's rounds: full ones follow each other at once, and an orderly stop leaves no mark behind."""

import pytest

from shared.db.outbox import COLLECTION, UNSENT
from shared.messaging import marking, relay, unsent
from tests.integration.kernel.mail import Mail, running


async def test_a_full_round_is_followed_by_the_next_without_a_wake_up(
    post: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "IDLE", 60.0)
    monkeypatch.setattr(unsent, "ROUND", 3)
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
