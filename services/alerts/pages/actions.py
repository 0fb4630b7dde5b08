"""Forms by which people work on an issue: acknowledge, work the checklist off, contain."""

from fastapi import APIRouter, Response

from services.alerts.api.actions import CARRYING_OUT
from services.alerts.api.reading import found_issue
from services.alerts.domain.issue import Issue
from services.alerts.domain.judging import ChangedSince
from services.alerts.domain.people import DECIDING
from services.alerts.handlers.calling import acknowledge_issue
from services.alerts.handlers.checklist import complete_item, skip_item, undo_item
from services.alerts.handlers.containment import (
    Wanted,
    confirm_containment,
    lift_containment,
    order_containment,
)
from services.alerts.pages.board import AskedOfBoard, board_view
from services.alerts.pages.desk import AtDesk
from services.alerts.pages.drawing import act
from services.alerts.schemas.forms import (
    AcknowledgeForm,
    ConfirmForm,
    ContainForm,
    ItemForm,
    ItemReasonForm,
    LiftForm,
)
from services.alerts.schemas.issues import IssueOut
from shared.identity.policy import EVERYONE, Rule
from shared.web.shapes import Id

ITEM = "/alerts/{issue_id}/checklist-items/{item_id}"
ORDER = "/alerts/{issue_id}/containments"
POLICY = [
    Rule("POST", "/alerts/{issue_id}/acknowledgements", EVERYONE),
    Rule("POST", f"{ITEM}/completions", EVERYONE),
    Rule("POST", f"{ITEM}/skips", EVERYONE),
    Rule("POST", f"{ITEM}/undoings", EVERYONE),
    Rule("POST", ORDER, *DECIDING),
    Rule("POST", f"{ORDER}/{{order_id}}/confirmations", *CARRYING_OUT),
    Rule("POST", f"{ORDER}/{{order_id}}/liftings", *DECIDING),
]

pages = APIRouter(include_in_schema=False)


@pages.post("/alerts/{issue_id}/acknowledgements")
async def acknowledge(issue_id: Id, desk: AtDesk, asked: AskedOfBoard) -> Response:
    """Take the call. From the board, htmx gets the rows anew; a plain form is sent to the issue."""

    async def do(issue: Issue, form: AcknowledgeForm) -> object:
        return await desk.run(acknowledge_issue, issue.id, form.note, form.stage, out=IssueOut)

    if "hx-request" not in desk.request.headers:
        return await act(desk, issue_id, "acknowledgements", AcknowledgeForm, do)
    form, _typed = await desk.filled(AcknowledgeForm, "acknowledgements")
    if form is None:
        raise ChangedSince
    await do(await found_issue(issue_id, desk.request), form)
    return desk.draw("board_rows.html", board=await board_view(desk, asked))


@pages.post("/alerts/{issue_id}/checklist-items/{item_id}/completions")
async def complete(issue_id: Id, item_id: Id, desk: AtDesk) -> Response:
    """Say that an action was done."""

    async def do(issue: Issue, form: ItemForm) -> object:
        said = form.note, form.evidence, form.revision
        return await desk.run(complete_item, issue.id, item_id, *said, out=IssueOut)

    return await act(desk, issue_id, f"item-{item_id}", ItemForm, do)


@pages.post("/alerts/{issue_id}/checklist-items/{item_id}/skips")
async def skip(issue_id: Id, item_id: Id, desk: AtDesk) -> Response:
    """Say that an action is not needed."""

    async def do(issue: Issue, form: ItemReasonForm) -> object:
        return await desk.run(skip_item, issue.id, item_id, form.note, form.revision, out=IssueOut)

    return await act(desk, issue_id, f"item-{item_id}", ItemReasonForm, do)


@pages.post("/alerts/{issue_id}/checklist-items/{item_id}/undoings")
async def undo(issue_id: Id, item_id: Id, desk: AtDesk) -> Response:
    """Take back once what was said about an action."""

    async def do(issue: Issue, form: ItemReasonForm) -> object:
        return await desk.run(undo_item, issue.id, item_id, form.note, form.revision, out=IssueOut)

    return await act(desk, issue_id, f"item-{item_id}", ItemReasonForm, do)


@pages.post("/alerts/{issue_id}/containments")
async def contain(issue_id: Id, desk: AtDesk) -> Response:
    """Order what has to stop."""

    async def do(issue: Issue, form: ContainForm) -> object:
        wanted = Wanted(form.kind, form.several, form.departments or None, form.instruction)
        return await desk.run(order_containment, issue.id, wanted, out=IssueOut)

    return await act(desk, issue_id, "containments", ContainForm, do)


@pages.post("/alerts/{issue_id}/containments/{order_id}/confirmations")
async def confirm(issue_id: Id, order_id: Id, desk: AtDesk) -> Response:
    """A department has carried an order out."""

    async def do(issue: Issue, form: ConfirmForm) -> object:
        return await desk.run(confirm_containment, issue.id, order_id, form.department, form.note, out=IssueOut)

    return await act(desk, issue_id, f"order-{order_id}", ConfirmForm, do)


@pages.post("/alerts/{issue_id}/containments/{order_id}/liftings")
async def lift(issue_id: Id, order_id: Id, desk: AtDesk) -> Response:
    """An order does not hold any longer."""

    async def do(issue: Issue, form: LiftForm) -> object:
        return await desk.run(lift_containment, issue.id, order_id, form.reason, out=IssueOut)

    return await act(desk, issue_id, f"lift-{order_id}", LiftForm, do)
