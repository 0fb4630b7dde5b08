"""Issues are joined because they are one problem, and split because they are not; each undoes the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.alerts.domain.acting import NotLive
from services.alerts.domain.case import Case
from services.alerts.domain.growing import add_case, keep_newest, take_out
from services.alerts.domain.issue import Issue
from shared.contracts.because import Because
from shared.contracts.issue import IssueJoined, IssueSplit
from shared.errors import Conflict, Refused
from shared.language.i18n import _


class SameIssue(Refused):
    """An issue is not joined to itself."""

    text = _("Choose another issue; this is the same one.")


class HasJoined(Conflict):
    """Only single issues are joined, so that each step can be undone."""

    text = _("{number} has other issues joined to it. Join this one to it instead, or split those first.")


class NotJoined(Conflict):
    """There is nothing to split."""

    text = _("This issue is not joined to the one you look at.")


class NothingChosen(Refused):
    """A split needs complaints."""

    text = _("Choose at least one complaint that belongs elsewhere, and leave at least one.")


@dataclass(frozen=True, slots=True)
class Judge:
    """Who decides, why and when."""

    by: str
    reason: str
    now: datetime


def join(issue: Issue, other: Issue, judge: Judge) -> None:
    """Count `other` here. It keeps its own counts, so that it can stand alone again. Raises what is wrong."""
    if issue.id == other.id:
        raise SameIssue("other")
    if not issue.is_live or not other.is_live:
        raise NotLive
    if other.joined:
        raise HasJoined("other", number=other.number)
    other.joined_into = issue.id
    issue.joined.append(other.id)
    _count(issue, other, 1)
    other.silence = None
    for each, beside in ((issue, other), (other, issue)):
        each.stage += 1
        each.write("joined", judge.now, person=judge.by, note=judge.reason, about=_named(beside))
    issue.record(
        IssueJoined(
            issue_id=issue.id,
            number=issue.number,
            joined_id=other.id,
            joined_number=other.number,
            complaints=issue.complaints,
            by=judge.by,
            reason=judge.reason,
        )
    )


def stand_alone(issue: Issue, other: Issue, judge: Judge) -> None:
    """Undo a join: `other` has its own counts, step and series still. Raises `NotJoined`, `NotLive`."""
    if other.joined_into != issue.id:
        raise NotJoined("issue")
    if not issue.is_live:
        raise NotLive
    other.joined_into = None
    issue.joined.remove(other.id)
    _count(issue, other, -1)
    _split(issue, other, judge)


def set_apart(issue: Issue, joined: Sequence[Issue], new: Issue, cases: Sequence[Case], judge: Judge) -> None:
    """Move complaints of it, or of what was joined to it, into a new issue, which has no series: what comes in later
    stays where it was.
    """
    if not issue.is_live:
        raise NotLive
    parts = {each.id: each for each in (issue, *joined)}
    if not cases or len(cases) >= issue.complaints or any(case.issue_id not in parts for case in cases):
        raise NothingChosen("complaints")
    because = [Because(rule="grouping.set-apart", version="1", inputs={"by": judge.by})]
    for case in cases:
        part = parts[case.issue_id or ""]
        take_out(part, case, because, issue if part is not issue else None)
        add_case(new, case)
    _split(issue, new, judge)


def _split(issue: Issue, other: Issue, judge: Judge) -> None:
    for each, beside in ((issue, other), (other, issue)):
        each.stage += 1
        each.write("split", judge.now, person=judge.by, note=judge.reason, about=_named(beside))
    issue.record(
        IssueSplit(
            issue_id=issue.id,
            number=issue.number,
            split_id=other.id,
            split_number=other.number,
            complaints=issue.complaints,
            by=judge.by,
            reason=judge.reason,
        )
    )


def _count(issue: Issue, other: Issue, by: int) -> None:
    issue.complaints += by * other.complaints
    issue.alarming += by * other.alarming
    for mine, theirs in ((issue.severities, other.severities), (issue.fresh, other.fresh)):
        for severity, count in theirs.items():
            mine[severity] = max(0, mine.get(severity, 0) + by * count)
    for day, count in other.days.items():
        issue.days[day] = max(0, issue.days.get(day, 0) + by * count)
    issue.days = keep_newest(issue.days)
    issue.severity = issue.worst(issue.severities)


def _named(issue: Issue) -> dict[str, str]:
    return {"ko": issue.number, "en": issue.number}
