"""The page of one issue, and the whole lists behind it."""

from fastapi import APIRouter, Response

from services.alerts.api.reading import found_issue, issues_of
from services.alerts.pages.desk import AtDesk
from services.alerts.pages.drawing import draw_complaints, draw_issue
from services.alerts.presenting.moments import moment_of
from services.alerts.presenting.rows import row_of
from shared.identity.policy import EVERYONE, Rule
from shared.web.paging import Cursor, PagingQuery
from shared.web.shapes import Id

POLICY = [
    Rule("GET", "/alerts/{issue_id}", EVERYONE),
    Rule("GET", "/alerts/{issue_id}/complaints", EVERYONE),
    Rule("GET", "/alerts/{issue_id}/timeline", EVERYONE),
]

pages = APIRouter(include_in_schema=False)


@pages.get("/alerts/{issue_id}")
async def issue_page(issue_id: Id, desk: AtDesk) -> Response:
    """One issue by id or number."""
    return await draw_issue(desk, issue_id)


@pages.get("/alerts/{issue_id}/complaints")
async def complaints(issue_id: Id, desk: AtDesk, paging: PagingQuery) -> Response:
    """Every complaint behind an issue, newest first; who decides may set some apart."""
    return await draw_complaints(desk, issue_id, paging)


@pages.get("/alerts/{issue_id}/timeline")
async def timeline(issue_id: Id, desk: AtDesk, paging: PagingQuery) -> Response:
    """Everything that happened to an issue, newest first."""
    issue = await found_issue(issue_id, desk.request)
    before = paging.after.number if paging.after else None
    found = await issues_of(desk.request).moments(issue.id, before, paging.fetch)
    shown, following = paging.cut(found, lambda moment: Cursor(moment.n, moment.id))
    return desk.draw(
        "issue_timeline.html",
        row=row_of(issue, desk.speaker, desk.now),
        timeline=[moment_of(moment, desk.speaker) for moment in shown],
        count=issue.moments,
        next=paging.link(following),
        first=paging.path if paging.after else None,
    )
