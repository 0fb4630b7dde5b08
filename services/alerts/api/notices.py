"""Safety notices over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.alerts.api.notice_lists import APPROVING, ISSUING, Listed, listed, visible
from services.alerts.api.reading import ROOT, found_issue, found_notice, notices_of
from services.alerts.handlers.notices import (
    approve_notice,
    draft_notice,
    publish_notice,
    read_notice,
    revise_notice,
    withdraw_notice,
)
from services.alerts.presenting.shares import shares
from services.alerts.schemas.notices import (
    NoticeIn,
    NoticeOut,
    RevisionIn,
    ShareOut,
    VersionIn,
    WithdrawIn,
)
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute
from shared.web.etags import mark_version
from shared.web.gate import Viewer
from shared.web.paging import Page, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id

ONE = f"{ROOT}/notices/{{notice_id}}"
POLICY = [
    Rule("GET", f"{ROOT}/notices", EVERYONE, "issues:read"),
    Rule("GET", ONE, EVERYONE, "issues:read"),
    Rule("GET", f"{ONE}/readings", EVERYONE),
    Rule("POST", f"{ROOT}/notices", *ISSUING),
    Rule("POST", f"{ONE}/revisions", *ISSUING),
    Rule("POST", f"{ONE}/approvals", *APPROVING),
    Rule("POST", f"{ONE}/publications", *ISSUING),
    Rule("POST", f"{ONE}/withdrawals", *APPROVING),
    Rule("POST", f"{ONE}/readings", EVERYONE),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["notices"])


@router.get("/notices")
async def list_notices(
    viewer: Viewer,
    request: Request,
    paging: PagingQuery,
    state: Annotated[Listed, Query(description="`unread`: addressed to you and not read by you")] = "current",
) -> Page[NoticeOut]:
    """Notices, the newest first. Drafts are for those who issue and approve them."""
    notices = notices_of(request)
    found, following = await listed(notices, state, viewer, paging)
    read = await notices.read_by(viewer.id, found)
    items = [NoticeOut.of(notice).model_copy(update={"read": notice.id in read}) for notice in found]
    return Page(items=items, next=following)


@router.get("/notices/{notice_id}")
async def read_one(notice_id: Id, viewer: Viewer, request: Request, response: Response) -> NoticeOut:
    """One notice by id or number, and whether you have read it."""
    notice = await visible(notice_id, request, viewer)
    read = await notices_of(request).read_by(viewer.id, [notice])
    mark_version(request, response, f"{notice.version}-{len(read)}")
    return NoticeOut.of(notice).model_copy(update={"read": bool(read)})


@router.get("/notices/{notice_id}/readings")
async def list_readings(notice_id: Id, viewer: Viewer, request: Request) -> Page[ShareOut]:
    """How many of each department have read the present edition."""
    notice = await visible(notice_id, request, viewer)
    readers = await notices_of(request).readers(notice.id, notice.edition)
    organisation = request.app.state.running.store.directory.organisation
    found = shares(notice, readers, organisation)
    items = [ShareOut(department=share.code, read=len(share.read), people=share.people) for share in found]
    return Page(items=items, next=None)


@router.post("/notices", status_code=201)
async def draft(request: Request, run: Runner, body: NoticeIn) -> NoticeOut:
    """Write a notice, freely or out of an issue (`issue_id`, its id or number). It is a draft until it is published."""
    issue = await found_issue(body.issue_id, request) if body.issue_id else None
    return await run(draft_notice, body.text(), issue.id if issue else None, out=NoticeOut)


@router.post("/notices/{notice_id}/revisions", status_code=201)
async def revise(notice_id: Id, request: Request, run: Runner, body: RevisionIn) -> NoticeOut:
    """Write a draft anew; an approval falls."""
    notice = await found_notice(notice_id, request)
    return await run(revise_notice, notice.id, body.text(), body.version, out=NoticeOut)


@router.post("/notices/{notice_id}/approvals", status_code=201)
async def approve(notice_id: Id, request: Request, run: Runner, body: VersionIn | None = None) -> NoticeOut:
    """Approve what another person wrote; needed before consumers may see it."""
    notice = await found_notice(notice_id, request)
    return await run(approve_notice, notice.id, body.version if body else None, out=NoticeOut)


@router.post("/notices/{notice_id}/publications", status_code=201)
async def publish(notice_id: Id, request: Request, run: Runner, body: VersionIn | None = None) -> NoticeOut:
    """Have it hold from now on, or from its next season."""
    notice = await found_notice(notice_id, request)
    return await run(publish_notice, notice.id, body.version if body else None, out=NoticeOut)


@router.post("/notices/{notice_id}/withdrawals", status_code=201)
async def withdraw(notice_id: Id, request: Request, run: Runner, body: WithdrawIn) -> NoticeOut:
    """Have it hold no longer."""
    notice = await found_notice(notice_id, request)
    return await run(withdraw_notice, notice.id, body.reason, body.version, out=NoticeOut)


@router.post("/notices/{notice_id}/readings", status_code=201)
async def read(notice_id: Id, request: Request, viewer: Viewer, run: Runner) -> NoticeOut:
    """Confirm that you have read it; again changes nothing."""
    notice = await visible(notice_id, request, viewer)
    done = await run(read_notice, notice.id, out=NoticeOut)
    return done.model_copy(update={"read": True})
