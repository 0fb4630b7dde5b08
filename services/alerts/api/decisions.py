"""What is decided about an issue as a whole, over HTTP: lowered, silenced, closed, opened again, joined, split."""

from fastapi import APIRouter, Request

from services.alerts.api.reading import ROOT, found_issue
from services.alerts.domain.people import DECIDING
from services.alerts.handlers.grouping import join_issues, split_issue
from services.alerts.handlers.judging import (
    close_issue,
    end_issue_silence,
    lower_issue,
    reopen_issue,
    silence_issue,
)
from services.alerts.schemas.actions import CloseIn, EndSilenceIn, JoinIn, LowerIn, ReopenIn, SilenceIn, SplitIn
from services.alerts.schemas.issues import IssueOut
from shared.identity.policy import Rule
from shared.web.bodies import JsonRoute
from shared.web.run import Runner
from shared.web.shapes import Id

ONE = f"{ROOT}/issues/{{issue_id}}"
POLICY = [
    Rule("POST", f"{ONE}/{decision}", *DECIDING)
    for decision in ("lowerings", "silences", "silence-endings", "closures", "reopenings", "joinings", "splittings")
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["decisions"])


@router.post("/issues/{issue_id}/lowerings", status_code=201)
async def lower(issue_id: Id, request: Request, run: Runner, body: LowerIn) -> IssueOut:
    """Lower the step, with a reason. No rule ever does; what counted so far raises it no more."""
    issue = await found_issue(issue_id, request)
    return await run(lower_issue, issue.id, body.step, body.reason, body.stage, out=IssueOut)


@router.post("/issues/{issue_id}/silences", status_code=201)
async def silence(issue_id: Id, request: Request, run: Runner, body: SilenceIn) -> IssueOut:
    """Call nobody before a time, with a reason. Step 3 is never silent, and ends a silence."""
    issue = await found_issue(issue_id, request)
    return await run(silence_issue, issue.id, body.until, body.reason, body.stage, out=IssueOut)


@router.post("/issues/{issue_id}/silence-endings", status_code=201)
async def end_silence(issue_id: Id, request: Request, run: Runner, body: EndSilenceIn | None = None) -> IssueOut:
    """End a silence before its time: a call that it held rings now."""
    issue = await found_issue(issue_id, request)
    return await run(end_issue_silence, issue.id, body.stage if body else None, out=IssueOut)


@router.post("/issues/{issue_id}/closures", status_code=201)
async def close(issue_id: Id, request: Request, run: Runner, body: CloseIn) -> IssueOut:
    """Close it: no open call, every mandatory action settled, every order carried out. 409 says what is missing."""
    issue = await found_issue(issue_id, request)
    return await run(close_issue, issue.id, body.finding, body.reason, body.stage, out=IssueOut)


@router.post("/issues/{issue_id}/reopenings", status_code=201)
async def reopen(issue_id: Id, request: Request, run: Runner, body: ReopenIn) -> IssueOut:
    """Open a closed issue again, on the step it had."""
    issue = await found_issue(issue_id, request)
    return await run(reopen_issue, issue.id, body.reason, body.stage, out=IssueOut)


@router.post("/issues/{issue_id}/joinings", status_code=201)
async def join(issue_id: Id, request: Request, run: Runner, body: JoinIn) -> IssueOut:
    """Count another issue here, because it is the same problem. A splitting undoes it."""
    issue, other = await found_issue(issue_id, request), await found_issue(body.other, request)
    return await run(join_issues, issue.id, other.id, body.reason, body.stage, out=IssueOut)


@router.post("/issues/{issue_id}/splittings", status_code=201)
async def split(issue_id: Id, request: Request, run: Runner, body: SplitIn) -> IssueOut:
    """Have a joined issue stand alone again, or make a new one of some complaints; gives the one that stands alone."""
    issue = await found_issue(issue_id, request)
    other = (await found_issue(body.issue, request)).id if body.issue else None
    return await run(split_issue, issue.id, other, tuple(body.complaints), body.reason, body.stage, out=IssueOut)
