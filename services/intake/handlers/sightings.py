"""What is known of the causes of a product follows each card: seen there, no longer, held against verified fixes."""

from collections.abc import Sequence
from datetime import timedelta

from services.intake.domain.card import Card
from services.intake.domain.complaint import Complaint
from services.intake.domain.issue import Improvement
from services.intake.domain.recurrence import Fix, KnownCause, Unit, key_of, keys_of, why
from services.intake.domain.verifying import known_before_fix
from services.intake.handlers.many_cards import reopen_all
from services.intake.repository.uow import IntakeUow


async def follow_causes(card: Card, before: Sequence[str], uow: IntakeUow, given: str | None = None) -> None:
    """A card's product or causes changed, from the keys `before`: forget what is so no more, compare what is new.

    `given` is a cause that was given just now, perhaps the same that stood there.
    """
    complaint = card.complaint
    now = keys_of(complaint)
    for key in before:
        if key not in now and (known := await uow.get(KnownCause, key)) is not None:
            known.forget(complaint.id)
    for subcase in complaint.subcases:
        if subcase.cause and not subcase.owes and complaint.product_code:
            key = key_of(complaint.product_code, subcase.cause)
            if key not in before or subcase.cause == given:
                await _compare(card, complaint.product_code, subcase.cause, uow)


async def _compare(card: Card, product_code: str, cause: str, uow: IntakeUow) -> None:
    """Note where a cause was seen, and hold the complaint against the fix that was verified for it."""
    complaint, key = card.complaint, key_of(product_code, cause)
    known = await uow.get(KnownCause, key)
    if known is None:
        known = uow.add(KnownCause(id=key, product_code=product_code, cause=cause))
    unit = Unit.of(complaint)
    known.see(unit)
    fix = known.newest_fix()
    if fix is None or complaint.cause_state not in ("unknown", "found"):
        return
    policy = uow.rules.card.policy
    judged = fix.judge(unit, timedelta(days=policy.recurrence_days))
    because = why(judged, unit, fix, policy.recurrence_days, policy.version)
    if judged in ("before", "covered"):
        known_before_fix(card, cause, fix, because, uow.rules.card)
        known.add_to_fix(fix, complaint.id)
    elif judged == "recurred":
        await _fail(fix, uow)
        await reopen_all([id for id in fix.complaints if id != complaint.id], because, uow)


async def _fail(fix: Fix, uow: IntakeUow) -> None:
    """The fix did not hold: nothing is verified by it any more, unless it is verified anew."""
    fix.failed_at = uow.now
    improvement = await uow.get(Improvement, fix.id)
    if improvement is not None:
        improvement.failed_at = uow.now


async def causes_known(complaint: Complaint, uow: IntakeUow) -> list[KnownCause]:
    """What is known of each cause that was found in a complaint."""
    found = [await uow.get(KnownCause, key) for key in keys_of(complaint)]
    return [known for known in found if known is not None]
