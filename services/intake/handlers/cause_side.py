"""What departments and the CS office do on the cause's side, and what follows for other cards of the same cause."""

from datetime import timedelta

from services.intake.domain import verifying
from services.intake.domain.card import Card
from services.intake.domain.causes import begin_removal, give_cause, return_cause
from services.intake.domain.changes import Drawn
from services.intake.domain.complaint import Complaint
from services.intake.domain.recurrence import Fix, KnownCause, Unit, key_of, keys_of, why
from services.intake.handlers.cards import keep, open_card
from services.intake.handlers.improvements import verify_if_improved
from services.intake.handlers.many_cards import reopen_all
from services.intake.repository.uow import IntakeUow
from shared.contracts.card import Evidence
from shared.db.workspace import Want


async def answer_subcase(
    complaint_id: str, department: str, given: dict[str, str], drawn: Drawn | None, uow: IntakeUow
) -> Complaint:
    """A department gives its cause and prevention; what is known of that cause of that product follows."""
    card = await open_card(complaint_id, uow)
    give_cause(card, department, given, drawn, uow.rules.card)
    await _compare(card, given["cause"], uow)
    await verify_if_improved(card, uow)
    return await keep(card, uow)


async def _compare(card: Card, cause: str, uow: IntakeUow) -> None:
    """Hold the complaint against the fixes that were verified for its product and cause."""
    complaint = card.complaint
    if complaint.product_code is None:
        return
    unit, key = Unit.of(complaint), key_of(complaint.product_code, cause)
    known = await uow.get(KnownCause, key)
    if known is None:
        known = uow.add(KnownCause(id=key, product_code=complaint.product_code, cause=cause))
    known.see(unit)
    fix = known.newest_fix()
    if fix is None:
        return
    policy = uow.rules.card.policy
    judged = fix.judge(unit, timedelta(days=policy.recurrence_days))
    because = why(judged, unit, fix, policy.recurrence_days, policy.version)
    if judged in ("before", "covered"):
        verifying.known_before_fix(card, cause, fix, because, uow.rules.card)
    elif judged == "recurred":
        await reopen_all([id for id in fix.complaints if id != complaint.id], because, uow)


async def return_subcase(complaint_id: str, department: str, reason: str, uow: IntakeUow) -> Complaint:
    """The CS office returns what a department gave."""
    card = await open_card(complaint_id, uow)
    return_cause(card, department, reason, uow.rules.card)
    return await keep(card, uow)


async def state_removal(
    complaint_id: str, text: str, effective_from: str | None, effective_lot: str | None, uow: IntakeUow
) -> Complaint:
    """What is done so that the cause goes, and from when on it is gone."""
    card = await open_card(complaint_id, uow)
    begin_removal(card, text, effective_from, effective_lot, uow.rules.card)
    return await keep(card, uow)


async def verify_card(complaint_id: str, evidence: Evidence, text: str, uow: IntakeUow) -> Complaint:
    """The CS office verifies a cause that has no improvement task."""
    card = await open_card(complaint_id, uow)
    keys = keys_of(card.complaint)
    await uow.fetch(*(Want(KnownCause, "_id", key) for key in keys))
    known = [found for key in keys if (found := await uow.get(KnownCause, key)) is not None]
    fix = verifying.verify_by_hand(card, evidence, text, _seen_since(card.complaint, known), uow.rules.card)
    remember(fix, card.complaint, known)
    return await keep(card, uow)


def remember(fix: Fix, complaint: Complaint, known: list[KnownCause]) -> None:
    """Later complaints of the same product and cause are held to this fix."""
    for cause in known:
        cause.add_to_fix(fix, complaint.id)


async def disown_card(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """Decide that the cause is not ours."""
    card = await open_card(complaint_id, uow)
    verifying.disown(card, reason, uow.rules.card)
    return await keep(card, uow)


async def look_for_cause_again(complaint_id: str, reason: str, uow: IntakeUow) -> Complaint:
    """Open the cause's side again."""
    card = await open_card(complaint_id, uow)
    verifying.look_again(card, reason, uow.rules.card)
    return await keep(card, uow)


def _seen_since(complaint: Complaint, known: list[KnownCause]) -> str | None:
    """The number of another complaint in which the cause was seen after the fix is said to work."""
    removal = complaint.removal
    if removal is None or removal.effective_from is None:
        return None
    seen = (cause.seen_after(complaint, removal.effective_from) for cause in known)
    return next((unit.number for unit in seen if unit is not None), None)
