"""What is done about an issue, over HTTP: acknowledged, worked off, contained."""

from fastapi import APIRouter, Request

from services.alerts.api.reading import ROOT, found_issue
from services.alerts.domain.people import ANSWERING, DECIDING
from services.alerts.handlers.calling import acknowledge_issue
from services.alerts.handlers.checklist import complete_item, skip_item, undo_item
from services.alerts.handlers.containment import (
    Wanted,
    confirm_containment,
    lift_containment,
    order_containment,
)
from services.alerts.schemas.actions import AcknowledgeIn, CompleteIn, ConfirmIn, ContainIn, LiftIn, SettleIn
from services.alerts.schemas.issues import IssueDetail, IssueOut
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute
from shared.web.gate import Viewer
from shared.web.run import Runner
from shared.web.shapes import Id

CARRYING_OUT = (*ANSWERING, "assignee")
ITEM = f"{ROOT}/issues/{{issue_id}}/checklist-items/{{item_id}}"
ORDER = f"{ROOT}/issues/{{issue_id}}/containments"
POLICY = [
    Rule("POST", f"{ROOT}/issues/{{issue_id}}/acknowledgements", EVERYONE),
    Rule("POST", f"{ITEM}/completions", EVERYONE),
    Rule("POST", f"{ITEM}/skips", EVERYONE),
    Rule("POST", f"{ITEM}/undoings", EVERYONE),
    Rule("POST", ORDER, *DECIDING),
    Rule("POST", f"{ORDER}/{{order_id}}/confirmations", *CARRYING_OUT),
    Rule("POST", f"{ORDER}/{{order_id}}/liftings", *DECIDING),
]
"""Who is rung may answer, and an action belongs to the role that the playbook names: the handlers look whose it is."""

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["actions"])


@router.post("/issues/{issue_id}/acknowledgements", status_code=201)
async def acknowledge(
    issue_id: Id, request: Request, viewer: Viewer, run: Runner, body: AcknowledgeIn | None = None
) -> IssueOut:
    """Take the call of an issue: its countdown stops. `stage` refuses a step that you have not seen."""
    issue, said = await found_issue(issue_id, request), body or AcknowledgeIn()
    taken = await run(acknowledge_issue, issue.id, said.note, said.stage, out=IssueOut)
    return taken.seen_by(viewer)


@router.post("/issues/{issue_id}/checklist-items/{item_id}/completions", status_code=201)
async def complete(
    issue_id: Id, item_id: Id, request: Request, viewer: Viewer, run: Runner, body: CompleteIn | None = None
) -> IssueDetail:
    """Say that an action was done. It belongs to its role; whoever decides about the issue may do so too."""
    issue, said = await found_issue(issue_id, request), body or CompleteIn()
    done = await run(complete_item, issue.id, item_id, said.note, said.evidence, said.revision, out=IssueDetail)
    return done.seen_by(viewer)


@router.post("/issues/{issue_id}/checklist-items/{item_id}/skips", status_code=201)
async def skip(issue_id: Id, item_id: Id, request: Request, viewer: Viewer, run: Runner, body: SettleIn) -> IssueDetail:
    """Say that an action is not needed, and why."""
    issue = await found_issue(issue_id, request)
    done = await run(skip_item, issue.id, item_id, body.reason, body.revision, out=IssueDetail)
    return done.seen_by(viewer)


@router.post("/issues/{issue_id}/checklist-items/{item_id}/undoings", status_code=201)
async def undo(issue_id: Id, item_id: Id, request: Request, viewer: Viewer, run: Runner, body: SettleIn) -> IssueDetail:
    """Take back once what was said about an action, and say why."""
    issue = await found_issue(issue_id, request)
    done = await run(undo_item, issue.id, item_id, body.reason, body.revision, out=IssueDetail)
    return done.seen_by(viewer)


@router.post("/issues/{issue_id}/containments", status_code=201)
async def contain(issue_id: Id, request: Request, run: Runner, body: ContainIn) -> IssueDetail:
    """Order what has to stop at once; the departments have the time of the kind to carry it out."""
    issue = await found_issue(issue_id, request)
    wanted = Wanted(body.kind, body.lots, body.departments, body.instruction)
    return await run(order_containment, issue.id, wanted, out=IssueDetail)


@router.post("/issues/{issue_id}/containments/{order_id}/confirmations", status_code=201)
async def confirm(
    issue_id: Id, order_id: Id, request: Request, viewer: Viewer, run: Runner, body: ConfirmIn
) -> IssueDetail:
    """A department has carried the order out: said by someone of it, or by who may order."""
    issue = await found_issue(issue_id, request)
    done = await run(confirm_containment, issue.id, order_id, body.department, body.note, out=IssueDetail)
    return done.seen_by(viewer)


@router.post("/issues/{issue_id}/containments/{order_id}/liftings", status_code=201)
async def lift(issue_id: Id, order_id: Id, request: Request, run: Runner, body: LiftIn) -> IssueDetail:
    """The order does not hold any longer, for a reason."""
    issue = await found_issue(issue_id, request)
    return await run(lift_containment, issue.id, order_id, body.reason, out=IssueDetail)
