"""How an issue opens, grows and shrinks with its complaints."""

from datetime import datetime

from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue
from shared.contracts.because import Because
from shared.contracts.issue import IssueGrew, IssueOpened, IssueShrank

DAYS_KEPT = 14
"""This week and the week before it."""


def open_issue(id: str, number: str, case: Case, now: datetime) -> Issue:
    """A new issue for the case's series; the case itself is added by `add_case`."""
    issue = Issue(
        id=id,
        number=number,
        series=case.series,
        open_series=case.series,
        product_code=case.product_code,
        product_name=case.product_name,
        problem=case.problem,
        problem_name=case.problem_name,
        opened_at=now,
    )
    issue.write("opened", now, because=case.because)
    issue.record(
        IssueOpened(
            issue_id=id,
            number=number,
            product_code=case.product_code,
            product_name=case.product_name,
            problem=case.problem,
            problem_name=case.problem_name,
            complaint_id=case.id,
            because=[same_series(case), *case.because],
        )
    )
    return issue


def add_case(issue: Issue, case: Case, parent: Issue | None = None) -> None:
    """Count a complaint in, also in the issue that this one is joined to. Imported history alarms nobody."""
    case.issue_id, case.judgement = issue.id, issue.judgement
    for counted in (issue, parent) if parent else (issue,):
        _count(counted, case, 1, fresh=True)
    told = parent or issue
    told.record(
        IssueGrew(
            issue_id=told.id,
            complaint_id=case.id,
            complaints=told.complaints,
            severity=case.severity if case.severity != "none" else "minor",
            because=[same_series(case)],
        )
    )


def take_out(issue: Issue, case: Case, because: list[Because], parent: Issue | None = None) -> None:
    """A complaint belongs elsewhere. The step stays: a step is never lowered by a rule."""
    told, fresh = parent or issue, case.judgement == issue.judgement
    for counted in (issue, parent) if parent else (issue,):
        _count(counted, case, -1, fresh=fresh)
    told.record(IssueShrank(issue_id=told.id, complaint_id=case.id, complaints=told.complaints, because=because))


def _count(issue: Issue, case: Case, by: int, *, fresh: bool) -> None:
    issue.complaints += by
    day, days, severities = case.day, issue.days, issue.severities
    days[day] = days.get(day, 0) + by
    if len(days) > DAYS_KEPT:
        issue.days = keep_newest(days)
    if issue.product_name is None:
        issue.product_name = case.product_name
    if case.imported:
        return
    issue.alarming += by
    severities[case.severity] = severities.get(case.severity, 0) + by
    if (worst := issue.worst(severities)) != issue.severity:
        issue.severity = worst
    if fresh:
        issue.fresh[case.severity] = max(0, issue.fresh.get(case.severity, 0) + by)


def keep_newest(days: dict[str, int]) -> dict[str, int]:
    """The counts of the newest days."""
    return dict(sorted(days.items())[-DAYS_KEPT:])


def same_series(case: Case) -> Because:
    """Why a complaint belongs to its issue."""
    inputs: dict[str, str | int | float | bool] = {
        "product": case.product_code or case.product_name or "",
        "problem": case.problem,
    }
    return Because(rule="grouping.same-series", version="1", inputs=inputs)
