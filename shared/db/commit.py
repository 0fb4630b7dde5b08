"""`commit_many`: the one way to write, for requests that wait together and for batches of consumed records."""

import asyncio
import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from shared.db.attempt import Attempt, MemberFailed
from shared.db.client import CommitUnknown, Duplicate, StoreAway, StoreError, Unstorable, WriteConflict, deadline
from shared.db.member import Member, Outcome
from shared.db.store import Store
from shared.db.wants import NumberWant
from shared.errors import Conflict, Unavailable
from shared.obs import metrics
from shared.obs.log import kind_and_place, logger
from shared.obs.spans import committing
from shared.runtime import crash

GRACE = 0.5
"""Seconds for the driver to notice that the deadline is over; then nobody waits any longer, whatever hangs."""
MOST_ALONE = 3
"""Members that may fail one by one; with more of them each member is run alone."""
MOST_DUPLICATES = 3
MOST_CONFLICTS = 5
"""Tries of a group that may end in a conflict; then it is halved, so that who is in nobody's way gets through."""


async def commit_many(store: Store, members: Sequence[Member]) -> list[Outcome]:
    """Run the members in one transaction, as if one after the other; returns their outcomes in order.

    No member fails because of its neighbour: when one fails, the others are committed without it and it runs again
    alone, from loading, after a look whether its id was committed. A member that was done before is not done again.
    A member that the database did not let through within the store's deadline has the error `Unavailable`; when that
    holds for all it is raised. Then nothing is known, and the same members may be handed in again.
    """
    started = perf_counter()
    once = {member.cause.id: member for member in members}  # an event may stand twice in a batch
    metrics.GROUP_SIZE.labels(store.service).observe(len(once))
    causes = [member.cause for member in once.values()]
    try:
        with committing(store.service, store.mongo.name, causes), deadline(store.deadline):
            async with asyncio.timeout(store.deadline + GRACE):
                outcomes = await _Together(store, list(once.values())).settle()
    except (StoreAway, CommitUnknown, TimeoutError) as error:
        raise Unavailable(retry_after=1) from error
    metrics.COMMIT_SECONDS.labels(store.service).observe(perf_counter() - started)
    found = dict(zip(once, outcomes, strict=True))
    return [found[member.cause.id] for member in members]


@dataclass
class _Group:
    """Members that are tried in one transaction."""

    members: list[Member]
    conflicts: int = 0
    duplicates: int = 0


class _Together:
    """Brings members to an outcome each: in one group, which is taken apart as far as it has to be."""

    def __init__(self, store: Store, members: Sequence[Member]) -> None:
        self._store, self._members = store, members
        self._groups = deque([_Group(list(members))])
        self._outcomes: dict[str, Outcome] = {}
        self._numbers: dict[NumberWant, str] = {}  # given once, kept over all attempts
        self._unknown: dict[str, Outcome] = {}
        self._refused = 0
        self._tries = 0

    async def settle(self) -> list[Outcome]:
        try:
            while self._groups:
                await self._try(self._groups.popleft())
        except StoreAway as error:
            if not self._outcomes:
                raise
            logger.warning("commit.late", service=self._store.service, error=repr(error))
        late = Outcome(error=Unavailable(retry_after=1))
        return [self._outcomes.get(member.cause.id, late) for member in self._members]

    async def _try(self, group: _Group) -> None:
        attempt = Attempt(self._store, group.members, self._numbers)
        try:
            await attempt.commit()
            self._outcomes |= attempt.outcomes
        except MemberFailed as failed:
            await self._leave_out(group, failed)
        except Duplicate as error:
            group.duplicates += 1
            if group.duplicates > MOST_DUPLICATES:
                await self._give_up(group, Conflict(), error)
            else:
                await self._again(group)
        except StoreAway:
            raise
        except Unstorable as error:
            await self._give_up(group, error, error)
        except StoreError as error:  # of a conflict, or nothing that is known: until the deadline, which ends in 503
            if isinstance(error, CommitUnknown):
                self._unknown |= attempt.outcomes
            elif not isinstance(error, WriteConflict):
                logger.warning("commit.trouble", service=self._store.service, error=repr(error))
            await self._pause()
            await self._halve(group)
        except Exception as error:  # a fault of the program: it costs the member that has it, not its neighbours
            logger.error("commit.fault", service=self._store.service, **kind_and_place(error))
            await self._give_up(group, error, error)

    async def _leave_out(self, group: _Group, failed: MemberFailed) -> None:
        crash.point("commit.apart")
        if len(group.members) == 1:
            await self._give_up(group, failed.error, failed)
            return
        group.members.remove(failed.member)
        self._refused += 1
        if self._refused > MOST_ALONE:
            self._groups += [_Group([member]) for member in (failed.member, *group.members)]
            return
        self._groups.append(_Group([failed.member]))
        await self._again(group)

    async def _give_up(self, group: _Group, error: Exception, because: Exception) -> None:
        """One member alone fails, if it was not done before; a group is taken apart."""
        if len(group.members) > 1:
            self._groups += [_Group([member]) for member in group.members]
            return
        await self._drop_done(group)
        error.__cause__ = because if because is not error else None
        self._outcomes |= {member.cause.id: Outcome(error=error) for member in group.members}

    async def _halve(self, group: _Group) -> None:
        """The same again a few times; then in halves, behind the others, so that one cannot stop all."""
        group.conflicts += 1
        if group.conflicts < MOST_CONFLICTS:
            await self._again(group)
            return
        half = (len(group.members) + 1) // 2
        for part in (group.members[:half], group.members[half:]):
            await self._again(_Group(part), last=True)

    async def _again(self, group: _Group, *, last: bool = False) -> None:
        """What is left of the group next, or behind all others."""
        await self._drop_done(group)
        if group.members and last:
            self._groups.append(group)
        elif group.members:
            self._groups.appendleft(group)

    async def _drop_done(self, group: _Group) -> None:
        """Take out the members whose ids were committed before: by an attempt of ours that never heard so, or earlier.

        Of the first the result is known here; it has to be where no answer was kept for those who ask again.
        """
        for marker in {member.marker for member in group.members}:
            ids = [member.cause.id for member in group.members if member.marker == marker]
            for row in await self._store.mongo.find(marker, {"_id": {"$in": ids}}):
                known = None if "answer" in row else self._unknown.get(row["_id"])
                self._outcomes[row["_id"]] = known or Outcome(done=row)
        group.members = [member for member in group.members if member.cause.id not in self._outcomes]

    async def _pause(self) -> None:
        self._tries += 1
        metrics.CONFLICTS.labels(self._store.service).inc()
        await asyncio.sleep(random.uniform(0, min(0.002 * 2**self._tries, 0.1)))
