"""Copies of issues are made again from what alerts has told."""

from services.intake.domain.issue import KnownIssue
from services.intake.repository.uow import IntakeUow
from shared.contracts.event import Event
from shared.contracts.improvement import ImprovementVerified
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

ISSUES_TELL: tuple[type[Event], ...] = (
    IssueOpened,
    IssueGrew,
    IssueShrank,
    IssueEscalated,
    IssueAcknowledged,
    IssueLowered,
    IssueJoined,
    IssueSplit,
    ImprovementVerified,
)
"""The events that a copy of an issue is kept from."""


async def mend_issue(told: KnownIssue, uow: IntakeUow) -> bool:
    """Have the copy say what the topics tell; what is too old to be told still stays. Whether it was changed."""
    known = await uow.get(KnownIssue, told.id)
    if known is None:
        uow.add(KnownIssue.model_validate(told.model_dump()))
        return True
    before = known.model_dump()
    known.take_over(told)
    return known.model_dump() != before
