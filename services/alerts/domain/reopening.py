"""A closed issue is opened again: by a person, or by one more complaint of its series."""

from collections.abc import Sequence
from datetime import datetime

from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue
from services.alerts.domain.playbook import Playbook, StepDue, as_step
from shared.contracts.because import Because
from shared.contracts.issue import IssueReopened
from shared.errors import Conflict
from shared.language.i18n import _


class NotClosed(Conflict):
    """There is nothing to open."""

    text = _("This issue is not closed.")


class SeriesIsOpen(Conflict):
    """The same product and problem have an open issue by now."""

    text = _("The same product and problem have another open issue ({number}); join them instead.")


def reopen(issue: Issue, by: str, reason: str, now: datetime, joined: Sequence[Issue] = ()) -> None:
    """A person opens it again, on the step it had. Raises `NotClosed`."""
    if issue.end is None:
        raise NotClosed
    issue.open_series = issue.series or None
    _open_again(issue, joined)
    issue.write("reopened", now, person=by, note=reason)
    _tell_reopened(issue, by=by, reason=reason)


def comes_back(issue: Issue, case: Case, playbook: Playbook) -> bool:
    """Whether one more complaint belongs to this closed issue rather than to a new one."""
    return issue.end is not None and case.filed_at <= issue.end.at + playbook.recurrence.window


def recur(issue: Issue, case: Case, playbook: Playbook, now: datetime, joined: Sequence[Issue] = ()) -> StepDue | None:
    """One more complaint opens it again, watched at first; the step that the recurrence alone calls for, if any."""
    if issue.end is None:
        raise NotClosed
    days, rule, alarmed = max(0, (case.filed_at - issue.end.at).days), playbook.recurrence, issue.step > 0
    because = Because(
        rule="playbook.recurrence",
        version=playbook.version,
        inputs={"days": days},
        threshold=rule.within_days,
        words=case.words,
    )
    _open_again(issue, joined)
    issue.step, issue.call, issue.because = 0, None, [because]
    issue.occurrence += 1
    issue.write("reopened", now, because=[because])
    _tell_reopened(issue, complaint_id=case.id, because=[because])
    return StepDue(step=as_step(rule.step), because=because) if alarmed and rule.step else None


def _open_again(issue: Issue, joined: Sequence[Issue]) -> None:
    issue.end = None
    for each in (issue, *joined):
        each.take_series()
    issue.stage += 1


def _tell_reopened(
    issue: Issue,
    *,
    by: str | None = None,
    reason: str | None = None,
    complaint_id: str | None = None,
    because: list[Because] | None = None,
) -> None:
    issue.record(
        IssueReopened(
            issue_id=issue.id,
            number=issue.number,
            step=issue.step,
            by=by,
            reason=reason,
            complaint_id=complaint_id,
            because=because or [],
        )
    )
