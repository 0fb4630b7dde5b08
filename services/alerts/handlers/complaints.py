"""Complaints come in: each is weighed, put to the issue of its series, and counted where it belongs now."""

from services.alerts.domain.calling import calls_again, due_step
from services.alerts.domain.case import Case, reclassify, weigh
from services.alerts.domain.growing import add_case, open_issue, take_out
from services.alerts.domain.issue import Issue
from services.alerts.domain.playbook import StepDue
from services.alerts.domain.reopening import comes_back, recur
from services.alerts.handlers.calling import raise_step
from services.alerts.repository.uow import AlertsUow
from shared.contracts.because import Because
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated


async def weigh_complaint(event: ComplaintCreated, uow: AlertsUow) -> None:
    """A new complaint is weighed and put to the issue of its series, which rises to the step it calls for."""
    case = weigh(event, uow.cause.sequence, uow.rules.hazards)
    if await uow.known(case.id, case.series) is not None:
        return
    uow.add(case)
    if case.has_card:
        await _put(case, uow)


def is_another_category(event: ComplaintClassified) -> bool:
    """Whether it is more than what `complaint.created` has said already."""
    return event.previous_category is not None


async def follow_classification(event: ComplaintClassified, uow: AlertsUow) -> None:
    """A complaint's category or kind was corrected: it is counted where it belongs now."""
    if not is_another_category(event):
        return
    case = await uow.need(Case, event.complaint_id)
    if not reclassify(case, event, uow.cause.sequence):
        return
    if case.issue_id is not None:
        before = await uow.need(Issue, case.issue_id)
        because = [Because(rule="complaint.classified", version="1", inputs={"category": case.category})]
        take_out(before, case, because, await _whole(before, uow))
        case.issue_id = None
    if case.has_card:
        await _put(case, uow)


async def _put(case: Case, uow: AlertsUow) -> None:
    """Count a complaint in the issue of its series: the open one, one that it opens again, or a new one."""
    issue = await uow.behind(case.series) or await uow.closed(case.series)
    parent = await _whole(issue, uow) if issue is not None else None
    whole, recurred = parent or issue, None
    if issue is None or whole is None:
        issue = whole = await _open(case, uow)
    elif not whole.is_live and not comes_back(whole, case, uow.rules.playbook):
        issue.open_series = None
        issue, parent = await _open(case, uow), None
        whole = issue
    elif not whole.is_live and not case.imported:
        recurred = recur(whole, case, uow.rules.playbook, uow.now, await uow.joined(whole))
    add_case(issue, case, parent)
    await _rise(whole, case, recurred, uow)


async def _open(case: Case, uow: AlertsUow) -> Issue:
    return uow.add(open_issue(uow.new_id(), await uow.number(uow.number_series()), case, uow.now))


async def _whole(issue: Issue, uow: AlertsUow) -> Issue | None:
    """The issue that this one was joined to."""
    return await uow.need(Issue, issue.joined_into) if issue.joined_into else None


async def _rise(issue: Issue, case: Case, recurred: StepDue | None, uow: AlertsUow) -> None:
    if not issue.is_live:
        return
    playbook = uow.rules.playbook
    asked = [due for due in (due_step(issue, case, playbook), recurred) if due is not None]
    due = max(asked, key=lambda due: due.step, default=None) or calls_again(issue, case, playbook, uow.now)
    if due is not None:
        raise_step(issue, due, uow)
