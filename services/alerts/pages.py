"""The pages of alerts: the board, one issue, and the button that answers a call."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from services.alerts.api import RESPONSIBLE, behind, found_issue, issues_of, moment, place
from services.alerts.handlers import acknowledge_issue
from services.alerts.presenting import Presenter
from services.alerts.schemas import AcknowledgeForm, IssueOut
from services.alerts.views import BoardView
from shared.errors import NotFound
from shared.identity.policy import EVERYONE, Rule
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.paging import Cursor, PagingQuery
from shared.web.reader import language_of
from shared.web.run import Runner
from shared.web.shapes import Id

POLICY = [
    Rule("GET", "/alerts", EVERYONE),
    Rule("GET", "/alerts/of/{complaint_id}", EVERYONE),
    Rule("GET", "/alerts/{issue_id}", EVERYONE),
    Rule("POST", "/alerts/{issue_id}/acknowledgements", *RESPONSIBLE),
]
MESSAGES = 10


def whatever_version(_: int) -> None:
    """A button says what to do, not to which version."""


pages = APIRouter(include_in_schema=False)


def presenter_of(request: Request) -> Presenter:
    """Speaks the reader's language."""
    running = request.app.state.running
    store = running.store
    return Presenter(store.rules, store.directory.organisation, language_of(request.scope, running.settings.language))


async def _board(request: Request, viewer: Viewer, asked: PagingQuery) -> BoardView:
    paging = asked.at("/alerts")
    issues, present = issues_of(request), presenter_of(request)
    last_event = request.app.state.feed.latest
    found = await issues.page(least_step=0, after=behind(paging.after), limit=paging.fetch)
    shown, following = paging.cut(found, place)
    told = await issues.messages(viewer.id, None, MESSAGES)
    return BoardView(
        rows=[present.row(issue) for issue in shown],
        messages=[present.message(message) for message in told],
        last_event=last_event,
        next=paging.link(following),
        first="/alerts" if paging.after else None,
    )


@pages.get("/alerts")
async def board(request: Request, viewer: Viewer, paging: PagingQuery, draw: Draw) -> Response:
    """The alert board."""
    return draw("board.html", board=await _board(request, viewer, paging))


@pages.get("/alerts/of/{complaint_id}")
async def issue_of_complaint(complaint_id: Id, request: Request) -> Response:
    """The issue that a complaint belongs to, for links from elsewhere."""
    issue = await issues_of(request).of_complaint(complaint_id)
    if issue is None:
        raise NotFound
    return RedirectResponse(f"/alerts/{issue.id}", status_code=303)


@pages.get("/alerts/{issue_id}")
async def issue_page(issue_id: Id, request: Request, paging: PagingQuery, draw: Draw) -> Response:
    """One issue."""
    last_event = request.app.state.feed.latest
    issue = await found_issue(issue_id, request)
    after = (moment(paging.after.key), paging.after.id) if paging.after else None
    found = await issues_of(request).cases(issue.id, after, paging.fetch)
    shown, following = paging.cut(found, lambda case: Cursor(int(case.filed_at.timestamp() * 1000), case.id))
    first = paging.path if paging.after else None
    view = presenter_of(request).issue(issue, shown, paging.link(following), first, last_event)
    return draw("issue.html", issue=view)


@pages.post("/alerts/{issue_id}/acknowledgements")
async def acknowledge(
    issue_id: Id, form: Annotated[AcknowledgeForm, Form()], request: Request, viewer: Viewer, run: Runner,
    paging: PagingQuery, draw: Draw,
) -> Response:  # fmt: skip
    """Take the call; htmx gets the rows anew, a plain form is sent back to where it stood."""
    issue = await found_issue(issue_id, request)
    await run(acknowledge_issue, issue.id, form.note, whatever_version, out=IssueOut)
    if "hx-request" in request.headers:
        return draw("board_rows.html", board=await _board(request, viewer, paging))
    return RedirectResponse(f"/alerts/{issue.id}", status_code=303)
