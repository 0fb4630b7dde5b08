"""Issues are joined and split by hand."""

from services.alerts.domain.calling import due_by_counts, due_step
from services.alerts.domain.case import RANK, Case
from services.alerts.domain.grouping import Judge, NothingChosen, NotJoined, join, set_apart, stand_alone
from services.alerts.domain.issue import Issue
from services.alerts.domain.judging import seen
from services.alerts.domain.playbook import StepDue
from services.alerts.handlers.calling import look_for_late, raise_step, ring_again
from services.alerts.repository.uow import AlertsUow
from shared.contracts.because import Because
from shared.db.wants import Want
from shared.privacy.masking import mask


async def join_issues(issue_id: str, other_id: str, reason: str, stage: int | None, uow: AlertsUow) -> Issue:
    """Two issues are one problem: the other counts here, which goes at least to the other's step, and to what both
    together call for.
    """
    issue, other = await uow.issue(issue_id), await uow.issue(other_id)
    seen(issue, stage)
    join(issue, other, Judge(uow.person.id, mask(reason), uow.now))
    because = Because(rule="grouping.joined", version="1", inputs={"other": other.number, "step": other.step})
    asked = [StepDue(step=other.step, because=because), due_by_counts(issue, [], uow.rules.playbook)]
    due = max((each for each in asked if each is not None), key=lambda each: each.step)
    if due.step > issue.step:
        raise_step(issue, due, uow)
    return issue


async def split_issue(
    issue_id: str, other_id: str | None, complaints: tuple[str, ...], reason: str, stage: int | None, uow: AlertsUow
) -> Issue:
    """A joined issue stands alone again, or some complaints become an issue of their own; returns that one."""
    issue, judge = await uow.issue(issue_id), Judge(uow.person.id, mask(reason), uow.now)
    seen(issue, stage)
    if other_id is not None:
        other = await uow.issue(other_id)
        if other.joined_into is None:
            raise NotJoined("issue")
        stand_alone(issue, other, judge)
        ring_again(other, uow)
        look_for_late(other, uow)
        return other
    return await _set_apart(issue, complaints, judge, uow)


async def _set_apart(issue: Issue, complaints: tuple[str, ...], judge: Judge, uow: AlertsUow) -> Issue:
    await uow.fetch(*(Want(Case, "_id", id) for id in complaints))
    found = [await uow.get(Case, id) for id in dict.fromkeys(complaints)]
    cases = [case for case in found if case is not None]
    if len(cases) != len(found) or not cases:
        raise NothingChosen("complaints")
    new = Issue(
        id=uow.new_id(),
        number=await uow.number(uow.number_series()),
        open_series=None,
        product_code=issue.product_code,
        product_name=issue.product_name,
        problem=issue.problem,
        problem_name=issue.problem_name,
        opened_at=uow.now,
    )
    set_apart(issue, await uow.joined(issue), uow.add(new), cases, judge)
    worst = max(cases, key=lambda case: (not case.imported, RANK[case.severity]))
    due = due_step(new, worst, uow.rules.playbook)
    if due is not None:
        raise_step(new, due, uow)
    return new
