"""A verified improvement task opens the way for every card of its issue whose cause was found."""

from collections.abc import Sequence
from datetime import timedelta

from services.intake.domain.card import SYSTEM, Card
from services.intake.domain.complaint import Complaint
from services.intake.domain.issue import Improvement, KnownIssue
from services.intake.domain.recurrence import KnownCause, Unit, keys_of
from services.intake.domain.verifying import verify_by_improvement
from services.intake.handlers.cards import card_of, keep
from services.intake.handlers.many_cards import AT_ONCE, load
from services.intake.handlers.sightings import causes_known
from services.intake.repository.uow import IntakeUow
from shared.contracts.improvement import ImprovementVerified
from shared.db.timers import Timer
from shared.db.wants import Want

VERIFY_CARDS = "verify-cards"


async def take_improvement(event: ImprovementVerified, uow: IntakeUow) -> None:
    """Remember the fix, and verify what it speaks for; complaints whose cause is found later follow by themselves."""
    improvement = await uow.get(Improvement, event.improvement_id)
    if improvement is None:
        improvement = Improvement(id=event.improvement_id, told={}, verified_at=uow.now)
        uow.add(improvement)
    improvement.told, improvement.verified_at, improvement.failed_at = event.model_dump(mode="json"), uow.now, None
    ids = list(event.complaint_ids)
    if event.issue_id is not None:
        issue = await uow.get(KnownIssue, event.issue_id) or uow.add(KnownIssue(id=event.issue_id))
        issue.improvement_id = event.improvement_id
        for one in [issue, *await uow.find(KnownIssue, joined_into=issue.id)]:
            ids += await uow.ids(Complaint, issue_id=one.id)
    await _verify(improvement, list(dict.fromkeys(ids)), uow)


async def verify_joined(joined: KnownIssue, uow: IntakeUow) -> None:
    """An issue was found to be the same as one whose fix was verified."""
    improvement = await _improvement_of(joined, uow)
    if improvement is not None:
        await _verify(improvement, await uow.ids(Complaint, issue_id=joined.id), uow)


async def verify_more(timer: Timer, uow: IntakeUow) -> None:
    """The next of the cards that a fix speaks for."""
    improvement = await uow.need(Improvement, timer.subject)
    await _verify(improvement, timer.data["ids"], uow)


async def _verify(improvement: Improvement, ids: Sequence[str], uow: IntakeUow) -> None:
    complaints = await load(ids[:AT_ONCE], uow)
    keys = {key for complaint in complaints for key in keys_of(complaint)}
    await uow.fetch(*(Want(KnownCause, "_id", key) for key in keys))
    for complaint in complaints:
        card = card_of(complaint, uow, SYSTEM)
        if await _verified(card, improvement, uow):
            await keep(card, uow)
    if rest := list(ids[AT_ONCE:]):
        uow.set_timer(VERIFY_CARDS, improvement.id, uow.now, ids=rest)


async def verify_if_improved(card: Card, uow: IntakeUow) -> None:
    """A cause that was found after its issue's fix was verified: the fix speaks for it unless it came back."""
    complaint = card.complaint
    issue = await uow.get(KnownIssue, complaint.issue_id) if complaint.issue_id else None
    improvement = await _improvement_of(issue, uow) if issue else None
    if improvement is None:
        return
    within = timedelta(days=uow.rules.card.policy.recurrence_days)
    if improvement.fix.judge(Unit.of(complaint), within) in ("before", "covered"):
        await _verified(card, improvement, uow)


async def _improvement_of(issue: KnownIssue, uow: IntakeUow) -> Improvement | None:
    """The fix of an issue, or of the one that it joined."""
    whole = await uow.get(KnownIssue, issue.joined_into) if issue.joined_into else None
    id = issue.improvement_id or (whole.improvement_id if whole else None)
    return await uow.get(Improvement, id) if id else None


async def _verified(card: Card, improvement: Improvement, uow: IntakeUow) -> bool:
    fix = improvement.fix
    if improvement.failed_at is not None or not verify_by_improvement(card, improvement.event, fix, uow.rules.card):
        return False
    for known in await causes_known(card.complaint, uow):
        known.add_to_fix(fix, card.complaint.id)
    return True
