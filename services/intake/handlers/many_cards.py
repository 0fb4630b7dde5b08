"""What follows for many cards at once: some now, the rest behind timers, so that no transaction grows without limit."""

from collections.abc import Sequence

from services.intake.domain.card import SYSTEM
from services.intake.domain.complaint import Complaint
from services.intake.domain.verifying import recur
from services.intake.handlers.cards import card_of, keep
from services.intake.repository.uow import IntakeUow
from shared.contracts.because import Because
from shared.db.timers import Timer
from shared.db.wants import Want

REOPEN_CARDS = "reopen-cards"
AT_ONCE = 100
"""Cards that one transaction goes through."""


async def load(ids: Sequence[str], uow: IntakeUow) -> list[Complaint]:
    """Those of the complaints that are there, in one round trip."""
    await uow.fetch(*(Want(Complaint, "_id", id) for id in ids))
    found = [await uow.get(Complaint, id) for id in ids]
    return [complaint for complaint in found if complaint is not None]


async def reopen_all(ids: Sequence[str], because: Because, uow: IntakeUow) -> None:
    """The cause came back: every card that its fix had verified is open again."""
    for complaint in await load(ids[:AT_ONCE], uow):
        card = card_of(complaint, uow, SYSTEM)
        if recur(card, because, uow.rules.card):
            await keep(card, uow)
    if rest := list(ids[AT_ONCE:]):
        uow.set_timer(REOPEN_CARDS, because.rule, uow.now, ids=rest, because=because.model_dump())


async def reopen_more(timer: Timer, uow: IntakeUow) -> None:
    """The next of them."""
    await reopen_all(timer.data["ids"], Because.model_validate(timer.data["because"]), uow)
