"""What intake does by itself: timers and the handlers they fire, and chores that come again."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from services.intake.domain.attachment import UNCLAIMED
from services.intake.domain.succession import left_behind
from services.intake.handlers.attachments import drop_unclaimed, forget_dropped
from services.intake.handlers.attending import look_at_card, look_at_hands
from services.intake.handlers.cards import LOOK_AT_CARD
from services.intake.handlers.improvements import VERIFY_CARDS, verify_more
from services.intake.handlers.many_cards import REOPEN_CARDS, reopen_more
from services.intake.repository.attachments import Attachments
from services.intake.repository.cards import Cards
from shared.db.commit import commit_many
from shared.db.member import Member
from shared.db.store import Store
from shared.db.uow import Cause
from shared.obs import metrics
from shared.runtime import crash
from shared.runtime.clock import KOREA
from shared.runtime.ids import random_id
from shared.runtime.service import Chore, TimerHandler

COUNTED = 10_000
MOST = 100
"""Files that one round deletes."""

TIMERS: dict[str, TimerHandler] = {
    LOOK_AT_CARD: look_at_card,
    REOPEN_CARDS: reopen_more,
    VERIFY_CARDS: verify_more,
}


async def sweep_files(store: Store) -> None:
    """Delete files that no complaint named within a day: first they are dropped, then their content goes, then the row.

    Cut off anywhere it goes on where it stood: a content without its row cannot come about.
    """
    attachments = Attachments(store.mongo)
    await _each(store, await attachments.unclaimed(store.clock.now() - UNCLAIMED, MOST), drop_unclaimed)
    dropped = await attachments.dropped(MOST)
    for id in dropped:
        await store.mongo.files.delete(id)
        crash.point("file.deleted")
    await _each(store, dropped, forget_dropped)


async def hand_on_work(store: Store) -> None:
    """Have work change hands whose people or departments are gone or away, or whose people are back."""
    organisation, today = store.directory.organisation, store.clock.now().astimezone(KOREA).date()
    people, departments = left_behind(organisation, today)
    cards = Cards(store.mongo)
    ids = {*await cards.in_hands_of(people), *await cards.waiting_for(departments)}
    await _each(store, sorted(ids), look_at_hands)


async def _each(store: Store, ids: Sequence[str], handler: Callable[[str, Any], Awaitable[None]]) -> None:
    for start in range(0, len(ids), MOST):
        some = ids[start : start + MOST]
        await commit_many(store, [Member(Cause(f"sweep:{random_id()}"), partial(handler, id)) for id in some])


async def measure_clocks(store: Store) -> None:
    """Of how many complaints a clock is over."""
    overdue = await Cards(store.mongo).overdue(store.clock.now(), COUNTED)
    metrics.CLOCKS_OVERDUE.labels(store.service).set(overdue)


CHORES = (
    Chore("figures of clocks", timedelta(seconds=15), measure_clocks),
    Chore("files that nobody named", timedelta(minutes=10), sweep_files),
    Chore("work of who is gone", timedelta(minutes=30), hand_on_work),
)
