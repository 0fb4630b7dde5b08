"""Group commit: requests that happen to wait together share one transaction."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

from shared.db.commit import GRACE, commit_many
from shared.db.member import Member, Outcome
from shared.db.rehearsal import done_before, rehearse
from shared.db.store import Store
from shared.errors import Unavailable

PACE = 0.025
"""Seconds from the beginning of one transaction to that of the next, unless as many wait as shared the last one: then
they may well be all who come. Who asks alone never waits; at 100 requests a second two or three share one's cost."""
LANES = 2
"""Transactions under way at once: one is being gathered and run while the other waits for the disk."""
WAITING = 2000
"""Requests that may wait; more are refused at once instead of timing out later."""
PATIENT_SHARE = 4
"""One in so many places of a group is kept for who can wait, however many cannot."""

Waiting = deque[tuple[Member, asyncio.Future[Outcome]]]


class Committer:
    """Takes members one by one and commits those that wait together."""

    def __init__(self, store: Store, largest: int, committed: Callable[[], None]) -> None:
        self._store, self._largest, self._committed = store, largest, committed
        self._hurried: Waiting = deque()
        self._patient: Waiting = deque()
        self._under_way: dict[str, asyncio.Future[Outcome]] = {}
        self._lanes = 0
        self._begun, self._last = 0.0, 0
        self._as_many = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """How many wait for their transaction."""
        return len(self._hurried) + len(self._patient)

    async def run(self, member: Member, *, patient: bool = False) -> Outcome:
        """What became of the member; a twin with the same id waits for the first. Raises `Unavailable`.

        A `patient` one (a row of a file) lets those go first for whom a person waits. The others wait for no longer
        than one transaction may take, although several may be before them: a member whose turn has not come by then is
        never taken; what becomes of one that was begun is not known, as when the database is away.
        """
        try:
            async with asyncio.timeout(None if patient else self._store.deadline + GRACE):
                return await self._run(member, self._patient if patient else self._hurried)
        except TimeoutError:
            raise Unavailable(retry_after=1) from None

    async def _run(self, member: Member, waiting: Waiting) -> Outcome:
        while twin := self._under_way.get(member.cause.id):
            await asyncio.shield(twin)  # then it is looked up like any that was done before
        if len(waiting) >= WAITING:
            raise Unavailable(retry_after=1)
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._under_way[member.cause.id] = future
        waiting.append((member, future))
        if self.waiting >= self._last:
            self._as_many.set()
        self._open_lane()
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            if (member, future) in waiting:
                waiting.remove((member, future))
                self._end(member, future, Outcome(error=Unavailable(retry_after=1)))
            raise

    async def rehearse(self, members: Sequence[Member]) -> list[Outcome]:
        """What would become of the members; nothing is written. Raises `Unavailable`."""
        return await rehearse(self._store, members)

    async def done_before(self, members: Sequence[Member]) -> dict[str, Outcome]:
        """The members that were committed earlier, by id, with what was kept of them."""
        return await done_before(self._store, members)

    def _open_lane(self) -> None:
        if self._lanes < LANES and self._has_waiting():
            self._lanes += 1
            task = asyncio.create_task(self._drive())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _has_waiting(self) -> bool:
        return bool(self._hurried or self._patient)

    async def _drive(self) -> None:
        try:
            await asyncio.sleep(0)  # requests of the same turn of the loop join
            while self._has_waiting():
                await self._pace()
                if group := self._next_group():
                    await self._commit(group)
        finally:
            self._lanes -= 1

    async def _pace(self) -> None:
        """Wait a moment for others to join, if there were more the last time."""
        self._as_many.clear()
        rest = self._begun + PACE - monotonic()
        if rest > 0 and self.waiting < self._last:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._as_many.wait(), rest)

    def _next_group(self) -> list[tuple[Member, asyncio.Future[Outcome]]]:
        """Who waits at a screen first; what is left of the group for rows of files, which never starve."""
        kept = min(len(self._patient), self._largest // PATIENT_SHARE)
        group = [self._hurried.popleft() for _ in range(min(self._largest - kept, len(self._hurried)))]
        left = min(self._largest - len(group), len(self._patient))
        group += [self._patient.popleft() for _ in range(left)]
        if group:
            self._begun, self._last = monotonic(), len(group)
        return group

    async def _commit(self, group: list[tuple[Member, asyncio.Future[Outcome]]]) -> None:
        try:
            outcomes = await commit_many(self._store, [member for member, _ in group])
        except Exception as error:
            for member, future in group:
                self._end(member, future, Outcome(error=error))
            return
        for (member, future), outcome in zip(group, outcomes, strict=True):
            self._end(member, future, outcome)
        self._committed()

    def _end(self, member: Member, future: asyncio.Future[Outcome], outcome: Outcome) -> None:
        self._under_way.pop(member.cause.id, None)
        if not future.done():
            future.set_result(outcome)

    async def drain(self) -> None:
        """Wait for what is under way (shutdown)."""
        while self._tasks:
            await asyncio.wait(self._tasks)
