"""Issues as rows: what is due next, who is called, how far the work is."""

from datetime import datetime

from services.alerts.domain.issue import Issue
from services.alerts.domain.people import may_answer
from services.alerts.presenting.signs import ISSUE
from services.alerts.presenting.speaker import Speaker
from services.alerts.presenting.trend import trend_of
from services.alerts.views.rows import Deadline, Ending, IssueRow
from shared.contracts.issue import Finding
from shared.language.i18n import _

FINDINGS: dict[Finding, str] = {
    "real": _("A real problem, dealt with"),
    "false_alarm": _("A false alarm"),
    "unclear": _("It cannot be decided"),
}
ACKNOWLEDGE = _("to acknowledge")
ORDER = _("Containment: {order}")
CONTAINED = _("Contained: {done} of {all} departments")
CONTAINING = _("Containment under way: {done} of {all} departments")


def row_of(issue: Issue, speaker: Speaker, now: datetime) -> IssueRow:
    """One issue on the board."""
    call, answered = issue.call, issue.call is not None and not issue.call.is_open
    items = issue.items
    return IssueRow(
        id=issue.id,
        number=issue.number,
        title=speaker.title(issue),
        product=issue.product_code or issue.product_name or "",
        step=issue.step,
        severity="minor" if issue.severity == "none" else issue.severity,
        state=issue.state,
        sign=ISSUE[issue.state],
        stage=issue.stage,
        version=issue.version,
        complaints=issue.complaints,
        trend=trend_of(issue.days, now),
        opened_at=issue.opened_at,
        because=speaker.reasons(issue.because),
        brief=speaker.reasons(issue.because, brief=True),
        deadline=_deadline(issue, speaker),
        called=speaker.name(issue.called) or None,
        calls_viewer=issue.called == speaker.viewer.id,
        waits=issue.state == "open",
        given_up=call is not None and call.given_up and call.is_open,
        acknowledged_by=speaker.name(call.acknowledged_by) if call and answered else None,
        acknowledged_at=call.acknowledged_at if call else None,
        held_until=issue.silence.until if issue.silence else None,
        done=sum(item.is_settled for item in items),
        actions=len(items),
        late=sum(item.overdue and not item.is_settled for item in items),
        contained=_contained(issue, speaker),
        ending=_ending(issue, speaker),
        may_acknowledge=issue.state == "open" and may_answer(issue.called, speaker.viewer),
    )


def _deadline(issue: Issue, speaker: Speaker) -> Deadline | None:
    """The nearest deadline with what it is for."""
    due_at, call = issue.due_at, issue.call
    if call is not None and issue.called and call.acknowledge_by == due_at:
        return Deadline(speaker.say(ACKNOWLEDGE), due_at)
    for item in issue.items if issue.is_live else []:
        if item.state == "open" and item.due_at == due_at:
            return Deadline(speaker.word(item.text), due_at)
    for order in issue.in_force if issue.is_live else []:
        if order.left and order.due_at == due_at:
            return Deadline(speaker.say(ORDER, order=speaker.word(order.text)), due_at)
    return None


def _contained(issue: Issue, speaker: Speaker) -> str | None:
    parts = [execution for order in issue.in_force for execution in order.executions]
    if not parts:
        return None
    done = sum(part.by is not None for part in parts)
    return speaker.say(CONTAINED if done == len(parts) else CONTAINING, done=done, all=len(parts))


def _ending(issue: Issue, speaker: Speaker) -> Ending | None:
    end = issue.end
    if end is None:
        return None
    reason = end.reason if speaker.sees_details else None
    return Ending(end.at, speaker.name(end.by), speaker.say(FINDINGS[end.finding]), reason)
