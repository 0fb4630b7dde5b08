"""People decide about an issue as a whole: lower it, silence it, close it, open it again."""

from datetime import UTC, datetime

from services.alerts.domain import judging, reopening
from services.alerts.domain.issue import Issue
from services.alerts.domain.judgement import End, Silence
from services.alerts.domain.silencing import end_silence, silence
from services.alerts.handlers.calling import bind, look_for_late, ring_again
from services.alerts.repository.uow import AlertsUow
from shared.contracts.issue import Finding
from shared.db.timers import Timer
from shared.privacy.masking import mask
from shared.runtime.clock import to_milliseconds

SILENCE_OVER = "silence-over"


async def lower_issue(issue_id: str, step: int, reason: str, stage: int | None, uow: AlertsUow) -> Issue:
    """A person lowers the step; what the lower one asks for has to be done from now on."""
    issue = await uow.issue(issue_id)
    judging.seen(issue, stage)
    judging.lower(issue, step, uow.person.id, mask(reason), uow.now, await uow.joined(issue))
    bind(issue, uow)
    return issue


async def close_issue(issue_id: str, finding: Finding, reason: str, stage: int | None, uow: AlertsUow) -> Issue:
    """A person closes the issue; a further complaint of its series may open it again."""
    issue = await uow.issue(issue_id)
    judging.seen(issue, stage)
    end = End(at=uow.now, by=uow.person.id, finding=finding, reason=mask(reason))
    judging.close(issue, end, await uow.joined(issue))
    return issue


async def reopen_issue(issue_id: str, reason: str, stage: int | None, uow: AlertsUow) -> Issue:
    """A person opens a closed issue again."""
    issue = await uow.issue(issue_id)
    judging.seen(issue, stage)
    other = await uow.behind(issue.series) if issue.series else None
    if other is not None and other.id != issue.id:
        raise reopening.SeriesIsOpen(number=other.number)
    newer = await uow.closed(issue.series) if issue.series else None
    if newer is not None:
        newer.open_series = None
    reopening.reopen(issue, uow.person.id, mask(reason), uow.now, await uow.joined(issue))
    look_for_late(issue, uow)
    return issue


async def silence_issue(issue_id: str, until: datetime, reason: str, stage: int | None, uow: AlertsUow) -> Issue:
    """A person keeps an issue of step 1 or 2 from calling anybody for a while."""
    issue, ends = await uow.issue(issue_id), to_milliseconds(until).astimezone(UTC)
    judging.seen(issue, stage)
    silence(issue, Silence(until=ends, since=uow.now, by=uow.person.id, reason=mask(reason)), uow.rules.playbook)
    uow.set_timer(SILENCE_OVER, issue.id, ends, until=ends.isoformat())
    return issue


async def end_issue_silence(issue_id: str, stage: int | None, uow: AlertsUow) -> Issue:
    """A person ends a silence before its time."""
    issue = await uow.issue(issue_id)
    judging.seen(issue, stage)
    _end(issue, uow.person.id, uow)
    return issue


async def let_silence_end(timer: Timer, uow: AlertsUow) -> None:
    """The time of a silence is over: the call that it held rings."""
    issue = await uow.need(Issue, timer.subject)
    if issue.is_live and issue.silence is not None and issue.silence.until.isoformat() == timer.data["until"]:
        _end(issue, None, uow)


def _end(issue: Issue, by: str | None, uow: AlertsUow) -> None:
    end_silence(issue, by, uow.now)
    ring_again(issue, uow)
