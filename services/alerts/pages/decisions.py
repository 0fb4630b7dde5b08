"""Forms by which people decide about an issue as a whole: lower, silence, close, open again, join, split."""

from datetime import timedelta

from fastapi import APIRouter, Response

from services.alerts.api.reading import found_issue
from services.alerts.domain.issue import Issue
from services.alerts.domain.people import DECIDING
from services.alerts.handlers.grouping import join_issues, split_issue
from services.alerts.handlers.judging import (
    close_issue,
    end_issue_silence,
    lower_issue,
    reopen_issue,
    silence_issue,
)
from services.alerts.pages.desk import AtDesk
from services.alerts.pages.drawing import act, draw_complaints, draw_issue
from services.alerts.schemas.forms import (
    CloseForm,
    JoinForm,
    LowerForm,
    ReasonForm,
    SilenceForm,
    SplitForm,
    StageForm,
)
from services.alerts.schemas.issues import IssueOut
from services.alerts.views.typed import Typed
from shared.identity.policy import Rule
from shared.web.paging import PagingQuery
from shared.web.shapes import Id

POLICY = [
    Rule("POST", f"/alerts/{{issue_id}}/{decision}", *DECIDING)
    for decision in ("lowerings", "silences", "silence-endings", "closures", "reopenings", "joinings", "splittings")
]

pages = APIRouter(include_in_schema=False)


@pages.post("/alerts/{issue_id}/lowerings")
async def lower(issue_id: Id, desk: AtDesk) -> Response:
    """Lower the step."""

    async def do(issue: Issue, form: LowerForm) -> object:
        return await desk.run(lower_issue, issue.id, form.step, form.reason, form.stage, out=IssueOut)

    return await act(desk, issue_id, "lowerings", LowerForm, do)


@pages.post("/alerts/{issue_id}/silences")
async def silence(issue_id: Id, desk: AtDesk) -> Response:
    """Call nobody for some hours."""

    async def do(issue: Issue, form: SilenceForm) -> object:
        until = desk.now + timedelta(hours=form.hours)
        return await desk.run(silence_issue, issue.id, until, form.reason, form.stage, out=IssueOut)

    return await act(desk, issue_id, "silences", SilenceForm, do)


@pages.post("/alerts/{issue_id}/silence-endings")
async def end_silence(issue_id: Id, desk: AtDesk) -> Response:
    """End a silence before its time."""

    async def do(issue: Issue, form: StageForm) -> object:
        return await desk.run(end_issue_silence, issue.id, form.stage, out=IssueOut)

    return await act(desk, issue_id, "silence-endings", StageForm, do)


@pages.post("/alerts/{issue_id}/closures")
async def close(issue_id: Id, desk: AtDesk) -> Response:
    """Close it."""

    async def do(issue: Issue, form: CloseForm) -> object:
        return await desk.run(close_issue, issue.id, form.finding, form.reason, form.stage, out=IssueOut)

    return await act(desk, issue_id, "closures", CloseForm, do)


@pages.post("/alerts/{issue_id}/reopenings")
async def reopen(issue_id: Id, desk: AtDesk) -> Response:
    """Open it again."""

    async def do(issue: Issue, form: ReasonForm) -> object:
        return await desk.run(reopen_issue, issue.id, form.reason, form.stage, out=IssueOut)

    return await act(desk, issue_id, "reopenings", ReasonForm, do)


@pages.post("/alerts/{issue_id}/joinings")
async def join(issue_id: Id, desk: AtDesk) -> Response:
    """Count another issue here."""

    async def do(issue: Issue, form: JoinForm) -> object:
        other = await found_issue(form.other, desk.request)
        return await desk.run(join_issues, issue.id, other.id, form.reason, form.stage, out=IssueOut)

    return await act(desk, issue_id, "joinings", JoinForm, do)


@pages.post("/alerts/{issue_id}/splittings")
async def split(issue_id: Id, desk: AtDesk, paging: PagingQuery) -> Response:
    """Have a joined issue stand alone again, or set complaints apart; each is refused on the page it was asked on."""
    issue = await found_issue(issue_id, desk.request)

    async def do(form: SplitForm) -> IssueOut:
        said = form.issue, tuple(form.complaints), form.reason, form.stage
        return await desk.run(split_issue, issue.id, *said, out=IssueOut)

    async def draw(typed: Typed, status: int) -> Response:
        if typed.value("splittings", "issue"):
            return await draw_issue(desk, issue.id, typed, status)
        return await draw_complaints(desk, issue.id, paging.at(f"/alerts/{issue.id}/complaints"), typed, status)

    return await desk.take(SplitForm, "splittings", do, draw, lambda alone: f"/alerts/{alone.id}")
