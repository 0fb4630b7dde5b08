"""Every use case of a card begins with `open_card` and ends with `keep`."""

from collections.abc import Awaitable, Callable
from typing import Any

from services.intake.domain.card import Actor, Card
from services.intake.domain.complaint import Complaint
from services.intake.domain.desk import look_again_at, settle
from services.intake.domain.entry import entry
from services.intake.domain.holding import held_by
from services.intake.domain.moving import close_if_done
from services.intake.domain.succession import hand_on
from services.intake.repository.uow import IntakeUow
from shared.db.timers import Timer
from shared.errors import Forbidden, NotFound
from shared.runtime.clock import KOREA

Check = Callable[[int], None]
Changing = Callable[..., Awaitable[Complaint]]

LOOK_AT_CARD = "look-at-card"
"""Kind of the one timer that a card has: the next thing that is due by itself."""


async def open_card(complaint_id: str, uow: IntakeUow, by: Actor | None = None) -> Card:
    """The card in the hands of the one who asks (or of `by`). Raises `NotFound`."""
    complaint = await uow.get(Complaint, complaint_id)
    if complaint is None:
        raise NotFound
    return card_of(complaint, uow, by)


def card_of(complaint: Complaint, uow: IntakeUow, by: Actor | None = None) -> Card:
    """The same for a complaint that was loaded; work of who is gone or away has gone to who is there."""
    card = held_by(by or Actor.of(uow.cause.principal), complaint, uow.rules, uow.organisation, uow.now)
    hand_on(card, uow.rules.card)
    return card


async def keep(card: Card, uow: IntakeUow) -> Complaint:
    """Close it if both sides are done, write its timeline, and see to it that somebody looks at it in time."""
    complaint = card.complaint
    close_if_done(card)
    settle(complaint)
    for written in card.written:
        uow.add(entry(uow.new_id(), card, written))
    await wind(complaint, uow)
    return complaint


async def wind(complaint: Complaint, uow: IntakeUow) -> None:
    """At most one timer waits: it is moved when something is due sooner, and finds out by itself when later."""
    at = look_again_at(complaint, uow.rules.card)
    if at is None or (complaint.timer_at is not None and complaint.timer_at <= at):
        return
    waiting = await uow.get(Timer, complaint.timer_id) if complaint.timer_id else None
    if waiting is None or waiting.done_at is not None:
        waiting = uow.set_timer(LOOK_AT_CARD, complaint.id, at)
    waiting.due_at = complaint.timer_at = at
    complaint.timer_id = waiting.id


def refuse_who_may_not_read(complaint: Complaint, uow: IntakeUow) -> None:
    """Raise `Forbidden` for a person to whom the complaint is shown by its kind alone."""
    who = uow.cause.principal
    today = uow.now.astimezone(KOREA).date()
    if who is not None and uow.rules.sight.of(who, complaint, uow.organisation, today).content != "all":
        raise Forbidden


async def if_unchanged(check: Check, handler: Changing, complaint_id: str, *rest: Any) -> Complaint:
    """The change by `handler`, if the card still has the version that `check` expects (`If-Match`).

    Raises `Forbidden` for who may not read what they would change.
    """
    *args, uow = rest
    complaint = await uow.get(Complaint, complaint_id)
    if complaint is not None:
        check(complaint.version)
        refuse_who_may_not_read(complaint, uow)
    return await handler(complaint_id, *args, uow)
