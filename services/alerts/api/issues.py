"""Issues over HTTP: lists, one issue, what stands behind it and what happened to it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.alerts.api.reading import ROOT, at, behind, behind_time, found_issue, issues_of, place
from services.alerts.repository.issues import Filters, Shelf
from services.alerts.schemas.issues import CaseOut, IssueDetail, IssueOut, MomentOut
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute
from shared.web.etags import mark_version
from shared.web.gate import Viewer
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.shapes import Id, Words

POLICY = [
    Rule("GET", f"{ROOT}/issues", EVERYONE, "issues:read"),
    Rule("GET", f"{ROOT}/issues/{{issue_id}}", EVERYONE, "issues:read"),
    Rule("GET", f"{ROOT}/issues/{{issue_id}}/complaints", EVERYONE, "issues:read"),
    Rule("GET", f"{ROOT}/issues/{{issue_id}}/moments", EVERYONE, "issues:read"),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["issues"])


@router.get("/issues")
async def list_issues(
    request: Request,
    viewer: Viewer,
    paging: PagingQuery,
    least_step: Annotated[int, Query(ge=0, le=3)] = 0,
    step: Annotated[int | None, Query(ge=0, le=3)] = None,
    state: Shelf = "live",
    product: Words | None = None,
    mine: bool = False,
) -> Page[IssueOut]:
    """Issues, the highest step first, then the nearest deadline; closed ones the newest first.

    `least_step=1` leaves out those that are only watched; `mine` keeps those that ring the one who asks.
    """
    called = viewer.id if mine else None
    filters = Filters(state, step, least_step, product or None, called)
    found = await issues_of(request).page(filters=filters, after=behind(paging.after), limit=paging.fetch)
    shown, following = paging.cut(found, place)
    return Page(items=[IssueOut.of(issue).seen_by(viewer) for issue in shown], next=following)


@router.get("/issues/{issue_id}")
async def read_issue(issue_id: Id, request: Request, viewer: Viewer, response: Response) -> IssueDetail:
    """One issue by id or number, with its checklist and containment orders."""
    issue = await found_issue(issue_id, request)
    mark_version(request, response, issue.version)
    return IssueDetail.of(issue).seen_by(viewer)


@router.get("/issues/{issue_id}/complaints")
async def list_complaints(issue_id: Id, request: Request, viewer: Viewer, paging: PagingQuery) -> Page[CaseOut]:
    """The complaints behind an issue and those joined to it, newest first."""
    issue = await found_issue(issue_id, request)
    found = await issues_of(request).cases([issue.id, *issue.joined], behind_time(paging.after), paging.fetch)
    shown, following = paging.cut(found, lambda case: at(case.filed_at, case.id))
    return Page(items=[CaseOut.of(case, viewer) for case in shown], next=following)


@router.get("/issues/{issue_id}/moments")
async def list_moments(issue_id: Id, request: Request, viewer: Viewer, paging: PagingQuery) -> Page[MomentOut]:
    """Everything that happened to an issue, newest first."""
    issue = await found_issue(issue_id, request)
    before = paging.after.number if paging.after else None
    found = await issues_of(request).moments(issue.id, before, paging.fetch)
    shown, following = paging.cut(found, lambda moment: Cursor(moment.n, moment.id))
    return Page(items=[MomentOut.of(moment, viewer) for moment in shown], next=following)
