"""`commit_many`: the one way to write, for requests that wait together and for batches of consumed records."""

import asyncio
import random
from collections.abc import Sequence
from time import perf_counter

from shared.db.attempt import Attempt, MemberFailed
from shared.db.client import CommitUnknown, Duplicate, StoreAway, StoreError, Unstorable, WriteConflict, deadline
from shared.db.member import Member, Outcome
from shared.db.store import Store
from shared.db.workspace import NumberWant
from shared.errors import Conflict, Unavailable
from shared.obs import metrics
from shared.obs.log import logger

MOST_ALONE = 3
"""Members that may fail one by one; with more of them each member is run alone."""
MOST_DUPLICATES = 3


async def commit_many(store: Store, members: Sequence[Member]) -> list[Outcome]:
    """Run the members in one transaction, as if one after the other; returns their outcomes in order.

    No member fails because of its neighbour: when one fails, the others are committed without it and it runs again
    alone, from loading, after a look whether its id was committed. A member that was done before is not done again.
    Raises `Unavailable` when the database does not answer within the store's deadline; then nothing is known, and
    the same members may be handed in again.
    """
    started = perf_counter()
    once = {member.cause.id: member for member in members}  # an event may stand twice in a batch
    metrics.GROUP_SIZE.labels(store.service).observe(len(once))
    try:
        with deadline(store.deadline):
            async with asyncio.timeout(store.deadline + 1.0):
                outcomes = await _Together(store, list(once.values())).settle()
    except (StoreAway, CommitUnknown, TimeoutError) as error:
        raise Unavailable(retry_after=1) from error
    metrics.COMMIT_SECONDS.labels(store.service).observe(perf_counter() - started)
    found = dict(zip(once, outcomes, strict=True))
    return [found[member.cause.id] for member in members]


class _Together:
    """Brings a group of members to an outcome each."""

    def __init__(self, store: Store, members: Sequence[Member]) -> None:
        self._store, self._members = store, members
        self._left = list(members)
        self._alone: list[Member] = []
        self._outcomes: dict[str, Outcome] = {}
        self._numbers: dict[NumberWant, str] = {}  # given once, kept over all attempts
        self._tries = 0
        self._duplicates = 0

    async def settle(self) -> list[Outcome]:
        while self._left:
            await self._try()
        for member in self._alone:
            (self._outcomes[member.cause.id],) = await _Together(self._store, [member]).settle()
        return [self._outcomes[member.cause.id] for member in self._members]

    async def _try(self) -> None:
        try:
            done = await Attempt(self._store, self._left, self._numbers).commit()
            self._outcomes |= {m.cause.id: o for m, o in zip(self._left, done, strict=True)}
            self._left = []
        except MemberFailed as failed:
            await self._leave_out(failed)
        except Duplicate as error:
            await self._drop_done()
            self._duplicates += 1
            if self._duplicates > MOST_DUPLICATES:
                self._give_up(Conflict(), error)
        except (WriteConflict, CommitUnknown):
            await self._pause()
            await self._drop_done()
        except StoreAway:
            raise
        except Unstorable as error:
            self._give_up(error, error)
        except StoreError as error:  # nothing that is known: tried again until the deadline, which ends in 503
            logger.warning("commit.trouble", service=self._store.service, error=repr(error))
            await self._pause()
            await self._drop_done()

    async def _leave_out(self, failed: MemberFailed) -> None:
        await self._drop_done()
        if failed.member not in self._left:
            return
        if len(self._members) == 1:
            self._give_up(failed.error, failed)
            return
        self._left.remove(failed.member)
        self._alone.append(failed.member)
        if len(self._alone) > MOST_ALONE:
            self._alone, self._left = self._alone + self._left, []

    def _give_up(self, error: Exception, because: Exception) -> None:
        """One member alone fails; a group is taken apart."""
        if len(self._members) > 1:
            self._alone, self._left = self._alone + self._left, []
            return
        error.__cause__ = because if because is not error else None
        self._outcomes[self._left[0].cause.id] = Outcome(error=error)
        self._left = []

    async def _drop_done(self) -> None:
        """Take out the members whose ids were committed before."""
        for marker in {member.marker for member in self._left}:
            ids = [member.cause.id for member in self._left if member.marker == marker]
            for row in await self._store.mongo.find(marker, {"_id": {"$in": ids}}):
                self._outcomes[row["_id"]] = Outcome(done=row)
        self._left = [member for member in self._left if member.cause.id not in self._outcomes]

    async def _pause(self) -> None:
        self._tries += 1
        metrics.CONFLICTS.labels(self._store.service).inc()
        await asyncio.sleep(random.uniform(0, min(0.002 * 2**self._tries, 0.1)))
