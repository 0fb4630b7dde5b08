"""Who may come in is asked of a database that does not answer: nobody waits for it for long."""

import asyncio
from time import monotonic
from typing import cast

import pytest

from shared.db.client import Mongo
from shared.errors import Unavailable
from shared.identity.directory import Directory
from shared.identity.organisation import organisation_with
from shared.runtime import following
from shared.runtime.following import Follower


class Silent:
    """A database that takes questions and never answers."""

    async def find(self, *_: object, **__: object) -> None:
        """Waits for ever."""
        await asyncio.Event().wait()


async def test_nobody_waits_longer_for_the_door_than_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PATIENCE", 0.1)
    follower = Follower(cast(Mongo, Silent()), Directory(organisation_with((), ())))
    looking = asyncio.create_task(follower.refresh())  # holds the place of the one who asks
    await asyncio.sleep(0)
    begun = monotonic()
    with pytest.raises(Unavailable):
        await follower.be_current()
    assert monotonic() - begun < 5
    looking.cancel()
