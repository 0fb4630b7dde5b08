"""A rehearsal: members run on what is stored now, and nothing of it is written."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from shared.db.attempt import Attempt, MemberFailed
from shared.db.client import Session, StoreError, deadline
from shared.db.commit import GRACE
from shared.db.member import Member, Outcome
from shared.db.store import Store
from shared.db.wants import NumberWant
from shared.errors import Unavailable


class _NoNumbers(dict[NumberWant, str]):
    """Answers every want for a number without taking one."""

    def __contains__(self, want: object) -> bool:
        return True

    def __missing__(self, want: NumberWant) -> str:
        return f"{want.series}-000000"


async def rehearse(store: Store, members: Sequence[Member]) -> list[Outcome]:
    """What would become of each member if it were committed now; nothing is written, no number is used up.

    A member that was done before says so; one that fails has its error, and spoils none of the others.
    """
    once = {member.cause.id: member for member in members}
    try:
        with deadline(store.deadline):
            async with asyncio.timeout(store.deadline + GRACE):
                done = await done_before(store, list(once.values()))
                outcomes = done | await _outcomes(store, [once[id] for id in once.keys() - done.keys()])
    except (StoreError, TimeoutError) as error:
        raise Unavailable(retry_after=1) from error
    return [outcomes[member.cause.id] for member in members]


async def done_before(store: Store, members: Sequence[Member]) -> dict[str, Outcome]:
    """The members that were committed earlier, by id, with what was kept of them."""
    ids: dict[str, list[str]] = defaultdict(list)
    for member in members:
        ids[member.marker].append(member.cause.id)
    done: dict[str, Outcome] = {}
    for marker, wanted in ids.items():
        rows = await store.mongo.find(marker, {"_id": {"$in": wanted}})
        done |= {row["_id"]: Outcome(done=row) for row in rows}
    return done


async def _outcomes(store: Store, members: Sequence[Member]) -> dict[str, Outcome]:
    async with store.mongo.transaction() as session:  # left without a commit
        try:
            outcomes = await _run(store, members, session)
        except MemberFailed:
            outcomes = [await _alone(store, member, session) for member in members]
    return {member.cause.id: outcome for member, outcome in zip(members, outcomes, strict=True)}


async def _alone(store: Store, member: Member, session: Session) -> Outcome:
    try:
        return (await _run(store, [member], session))[0]
    except MemberFailed as failed:
        return Outcome(error=failed.error)


async def _run(store: Store, members: Sequence[Member], session: Session) -> list[Outcome]:
    return await Attempt(store, list(members), _NoNumbers()).run(session)
