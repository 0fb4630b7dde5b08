"""Alerts over HTTP: in, handler, view out."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.alerts.domain.issue import Issue
from services.alerts.handlers import acknowledge_issue
from services.alerts.repository import Issues
from services.alerts.schemas import AcknowledgeIn, CaseOut, IssueDetail, IssueOut, MessageOut
from shared.errors import NotFound
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute
from shared.web.etags import IfMatch, mark_version
from shared.web.gate import Viewer
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id

ROOT = "/api/alerts/v1"
RESPONSIBLE = ("safety_officer", "cs_manager", "dept_manager", "executive", "cco", "ceo")
POLICY = [
    Rule("GET", f"{ROOT}/issues", EVERYONE, "issues:read"),
    Rule("GET", f"{ROOT}/issues/{{issue_id}}", EVERYONE, "issues:read"),
    Rule("GET", f"{ROOT}/issues/{{issue_id}}/complaints", EVERYONE, "issues:read"),
    Rule("POST", f"{ROOT}/issues/{{issue_id}}/acknowledgements", *RESPONSIBLE),
    Rule("GET", f"{ROOT}/messages", EVERYONE),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["issues"])


def issues_of(request: Request) -> Issues:
    """The queries, on this process's database."""
    return Issues(request.app.state.running.mongo)


def milliseconds(moment: datetime) -> int:
    """A moment as part of a cursor."""
    return int(moment.timestamp() * 1000)


def moment(key: str | int) -> datetime:
    """A moment out of a cursor."""
    return datetime.fromtimestamp(int(key) / 1000, UTC)


def place(issue: Issue) -> Cursor:
    """Where an issue stands in the list."""
    return Cursor(f"{issue.step}:{milliseconds(issue.opened_at)}", issue.id)


def behind(cursor: Cursor | None) -> tuple[int, datetime, str] | None:
    """The place that a cursor names."""
    if cursor is None:
        return None
    step, _, at = str(cursor.key).partition(":")
    return int(step), moment(at), cursor.id


@router.get("/issues")
async def list_issues(
    request: Request, paging: PagingQuery, least_step: Annotated[int, Query(ge=0, le=3)] = 0
) -> Page[IssueOut]:
    """Issues, the highest step first, then the newest. `least_step=1` leaves out those that are only watched."""
    found = await issues_of(request).page(least_step=least_step, after=behind(paging.after), limit=paging.fetch)
    shown, following = paging.cut(found, place)
    return Page(items=[IssueOut.of(issue) for issue in shown], next=following)


@router.get("/issues/{issue_id}")
async def read_issue(issue_id: Id, request: Request, response: Response) -> IssueDetail:
    """One issue by id or number, with everything that happened to it."""
    issue = await found_issue(issue_id, request)
    mark_version(request, response, issue.version)
    return IssueDetail.of(issue)


async def found_issue(issue_id: str, request: Request) -> Issue:
    """The issue; raises `NotFound`."""
    issue = await issues_of(request).one(issue_id)
    if issue is None:
        raise NotFound
    return issue


@router.get("/issues/{issue_id}/complaints")
async def list_complaints(issue_id: Id, request: Request, paging: PagingQuery) -> Page[CaseOut]:
    """The complaints behind an issue, newest first."""
    issue = await found_issue(issue_id, request)
    after = (moment(paging.after.key), paging.after.id) if paging.after else None
    found = await issues_of(request).cases(issue.id, after, paging.fetch)
    shown, following = paging.cut(found, lambda case: Cursor(milliseconds(case.filed_at), case.id))
    return Page(items=[CaseOut.of(case) for case in shown], next=following)


@router.post("/issues/{issue_id}/acknowledgements", status_code=201)
async def acknowledge(
    issue_id: Id, request: Request, run: Runner, expected: IfMatch, body: AcknowledgeIn | None = None
) -> IssueOut:
    """Take the call of an issue: its countdown stops."""
    issue = await found_issue(issue_id, request)
    return await run(acknowledge_issue, issue.id, body.note if body else None, expected.check, out=IssueOut)


@router.get("/messages", tags=["messages"])
async def list_messages(viewer: Viewer, request: Request, paging: PagingQuery) -> Page[MessageOut]:
    """In-app messages to the one who asks, newest first."""
    after = (moment(paging.after.key), paging.after.id) if paging.after else None
    found = await issues_of(request).messages(viewer.id, after, paging.fetch)
    shown, following = paging.cut(found, lambda message: Cursor(milliseconds(message.at), message.id))
    return Page(items=[MessageOut.of(message) for message in shown], next=following)
