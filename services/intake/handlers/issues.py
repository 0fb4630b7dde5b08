"""What intake hears of issues: which complaint belongs to which, their numbers, steps and who answers the call."""

from services.intake.domain.card import SYSTEM
from services.intake.domain.complaint import Complaint
from services.intake.domain.issue import KnownIssue, link
from services.intake.domain.working import updated
from services.intake.handlers.cards import card_of, keep
from services.intake.handlers.improvements import verify_if_improved, verify_joined
from services.intake.repository.uow import IntakeUow
from shared.contracts.issue import (
    IssueAcknowledged,
    IssueEscalated,
    IssueGrew,
    IssueJoined,
    IssueLowered,
    IssueOpened,
    IssueShrank,
    IssueSplit,
)
from shared.db.wants import Want


async def hear_opened(event: IssueOpened, uow: IntakeUow) -> None:
    """A new issue, with its first complaint."""
    await _link(event.issue_id, event.complaint_id, True, uow, number=event.number)


async def hear_grew(event: IssueGrew, uow: IntakeUow) -> None:
    """A complaint joined an issue."""
    await _link(event.issue_id, event.complaint_id, True, uow, complaints=event.complaints)


async def hear_shrank(event: IssueShrank, uow: IntakeUow) -> None:
    """A complaint left an issue."""
    await _link(event.issue_id, event.complaint_id, False, uow, complaints=event.complaints)


async def hear_escalated(event: IssueEscalated, uow: IntakeUow) -> None:
    """An issue's step rose, or its call went on."""
    issue = await uow.get(KnownIssue, event.issue_id) or uow.add(KnownIssue(id=event.issue_id))
    issue.hear(uow.cause.sequence, number=event.number, step=event.step, acknowledged_by=None)


async def hear_acknowledged(event: IssueAcknowledged, uow: IntakeUow) -> None:
    """Somebody took an issue's call."""
    issue = await uow.get(KnownIssue, event.issue_id) or uow.add(KnownIssue(id=event.issue_id))
    issue.hear(uow.cause.sequence, number=event.number, step=event.step, acknowledged_by=event.by)


async def hear_lowered(event: IssueLowered, uow: IntakeUow) -> None:
    """A person lowered an issue's step."""
    issue = await uow.get(KnownIssue, event.issue_id) or uow.add(KnownIssue(id=event.issue_id))
    issue.hear(uow.cause.sequence, number=event.number, step=event.step)


async def hear_joined(event: IssueJoined, uow: IntakeUow) -> None:
    """An issue was found to be the same as another: what is verified for that one is verified for its complaints."""
    joined = await uow.get(KnownIssue, event.joined_id) or uow.add(KnownIssue(id=event.joined_id))
    joined.join(event.issue_id, True, uow.cause.sequence)
    await verify_joined(joined, uow)


async def hear_split(event: IssueSplit, uow: IntakeUow) -> None:
    """An issue stands alone again."""
    split = await uow.get(KnownIssue, event.split_id) or uow.add(KnownIssue(id=event.split_id))
    split.join(event.issue_id, False, uow.cause.sequence)


async def _link(issue_id: str, complaint_id: str, inside: bool, uow: IntakeUow, **told: object) -> None:
    await uow.fetch(Want(KnownIssue, "_id", issue_id), Want(Complaint, "_id", complaint_id))
    issue = await uow.get(KnownIssue, issue_id) or uow.add(KnownIssue(id=issue_id))
    issue.hear(uow.cause.sequence, **told)
    complaint = await uow.get(Complaint, complaint_id)
    changed = link(complaint, issue_id, inside, uow.cause.sequence) if complaint else None
    if complaint is None or changed is None:
        return
    card = card_of(complaint, uow, SYSTEM)
    if changed[0] is not None:  # that it belongs to one at all, every complaint says by itself
        card.write("issue_joined" if complaint.issue_id else "issue_left", issue_id=complaint.issue_id or changed[0])
        updated(card, "issue")
    await verify_if_improved(card, uow)
    await keep(card, uow)
