"""What people decide about an issue as a whole: lower its step, or close it; each with a reason."""

from collections.abc import Sequence
from datetime import datetime

from services.alerts.domain.acting import NotLive, undone_mandatory
from services.alerts.domain.issue import Issue
from services.alerts.domain.judgement import End
from services.alerts.domain.playbook import as_step
from shared.contracts.issue import IssueClosed, IssueLowered
from shared.errors import Conflict, Refused
from shared.language.i18n import Listed, Said, _

CALL = _("the call has not been acknowledged")
ACTIONS = _("{count} mandatory actions are neither done nor skipped")
ORDERS = _("{count} containment orders are not carried out by every department")


class NotReadyToClose(Conflict):
    """Something has to be settled first; `missing` says what."""

    text = _("This cannot be closed yet: {missing}.")


class NotLower(Refused):
    """A step is lowered to one below it."""

    text = _("Choose a step below the present one ({step}).")


class ChangedSince(Conflict):
    """The decision was made on something else than what stands now."""

    text = _("Its step or state has changed since you opened this page. Look at what is new, then decide again.")
    status = 412


def seen(issue: Issue, stage: int | None) -> None:
    """Refuses who decides on an older page: raises `ChangedSince`. None: the one who asks did not say."""
    if stage is not None and stage != issue.stage:
        raise ChangedSince


def lower(issue: Issue, step: int, by: str, reason: str, now: datetime, joined: Sequence[Issue] = ()) -> None:
    """A person lowers the step; what counted so far raises it no more. Raises `NotLive`, `NotLower`."""
    if not issue.is_live:
        raise NotLive
    if not 0 <= step < issue.step:
        raise NotLower("step", step=issue.step)
    previous, issue.step = issue.step, as_step(step)
    if issue.call is not None and issue.call.is_open:
        issue.call.answer(by, now)
    if issue.step == 0:
        issue.call = None
    for item in issue.items:
        if item.step > issue.step and item.state == "open":
            item.state = "lapsed"
    _judged(issue, joined)
    issue.write("lowered", now, person=by, note=reason)
    issue.record(
        IssueLowered(
            issue_id=issue.id,
            number=issue.number,
            step=issue.step,
            previous_step=previous,
            by=by,
            reason=reason,
        )
    )


def missing(issue: Issue, joined: Sequence[Issue] = ()) -> list[Said]:
    """What keeps an issue from being closed, as sentences; the orders of what was joined to it count too."""
    actions = len(undone_mandatory(issue))
    orders = sum(order.waits for each in (issue, *joined) for order in each.containments)
    return [
        *([Said(CALL)] if issue.call is not None and issue.call.is_open else []),
        *([Said(ACTIONS, {"count": actions})] if actions else []),
        *([Said(ORDERS, {"count": orders})] if orders else []),
    ]


def close(issue: Issue, end: End, joined: Sequence[Issue] = ()) -> None:
    """Close it. Its series, and those of the issues joined to it, are free. Raises `NotLive`, `NotReadyToClose`."""
    if not issue.is_live:
        raise NotLive
    if left := missing(issue, joined):
        raise NotReadyToClose(missing=Listed(left))
    issue.end, issue.silence = end, None
    for each in (issue, *joined):
        each.free_series()
    _judged(issue, joined)
    issue.write("closed", end.at, person=end.by, note=end.reason)
    issue.record(
        IssueClosed(
            issue_id=issue.id,
            number=issue.number,
            step=issue.step,
            finding=end.finding,
            reason=end.reason,
            by=end.by,
            complaints=issue.complaints,
        )
    )


def _judged(issue: Issue, joined: Sequence[Issue]) -> None:
    """What counts in the whole was judged with it, also where it will be split off again."""
    issue.stage += 1
    for each in (issue, *joined):
        each.judgement += 1
        each.fresh = {}
