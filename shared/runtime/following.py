"""Keeps the directory in memory as new as the copies in this service's database."""

import asyncio
from time import monotonic
from typing import Final

from shared.contracts.access import AccessChanged
from shared.contracts.organisation import OrganisationChanged
from shared.db.client import Mongo, StoreError
from shared.errors import Unavailable
from shared.identity.copies import Copied, Copies, keep_copy, mend_copy
from shared.identity.directory import Directory
from shared.messaging.consumer import On, on
from shared.obs.log import logger
from shared.runtime.derived import Derived

KEEP_COPIES: Final[tuple[On, ...]] = (on(OrganisationChanged, keep_copy), on(AccessChanged, keep_copy))
"""What every service consumes by being one."""

DERIVED_COPIES: Final[tuple[Derived, ...]] = (Derived(Copied, (OrganisationChanged, AccessChanged), mend_copy),)
"""What of every service follows from topics alone."""

EVERY: Final = 0.5
PATIENCE: Final = 3.0
"""Seconds for which somebody at the door waits for an answer about who may come in."""
TOO_OLD: Final = 3.0
"""Seconds after which nobody is let in before the copies were looked at: with the time until a change gets here, a
removed role, a revoked key or a sign-out acts within 5 s."""


class Follower:
    """Asks for what is new: twice a second, and at once when somebody needs an answer and the last one is too old."""

    def __init__(self, mongo: Mongo, directory: Directory) -> None:
        self._copies, self._directory = Copies(mongo), directory
        self._revision = 0
        self._as_of = float("-inf")
        self._asking = asyncio.Lock()

    async def refresh(self) -> None:
        """Take what is new now. Raises `StoreError`."""
        async with self._asking:
            await self._take()

    async def _take(self) -> None:
        begun = monotonic()
        self._revision, changed = await self._copies.since(self._revision)
        self._directory.take(changed)
        self._as_of = begun

    async def be_current(self) -> None:
        """Return with a directory that is new enough to let somebody in. Raises `Unavailable`."""
        if monotonic() - self._as_of <= TOO_OLD:
            return
        try:
            async with asyncio.timeout(PATIENCE), self._asking:
                if monotonic() - self._as_of > TOO_OLD:
                    await self._take()
        except (StoreError, TimeoutError) as error:
            raise Unavailable from error

    async def run(self) -> None:
        """Follow until cancelled."""
        while True:
            try:
                await self.refresh()
            except StoreError as error:
                logger.warning("directory.trouble", error=repr(error))
            await asyncio.sleep(EVERY)
