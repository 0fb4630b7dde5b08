"""The pages of intake: complaints as a list, and one of them."""

from fastapi import APIRouter, Request, Response

from services.intake.api.complaints import behind, complaints_of, found_complaint, place
from services.intake.presenting.complaint import Presenter
from services.intake.views.complaint import ListView
from shared.identity.policy import EVERYONE, Rule
from shared.web.pages import Draw
from shared.web.paging import PagingQuery
from shared.web.reader import language_of
from shared.web.shapes import Id

POLICY = [
    Rule("GET", "/intake/complaints", EVERYONE),
    Rule("GET", "/intake/complaints/{complaint_id}", EVERYONE),
]

pages = APIRouter(include_in_schema=False)


def presenter_of(request: Request) -> Presenter:
    """Speaks the reader's language."""
    running = request.app.state.running
    store = running.store
    return Presenter(store.rules, store.directory.organisation, language_of(request.scope, running.settings.language))


@pages.get("/intake/complaints")
async def complaints(request: Request, paging: PagingQuery, draw: Draw) -> Response:
    """Every complaint, newest first."""
    found = await complaints_of(request).page({}, behind(paging.after), paging.fetch)
    shown, following = paging.cut(found, place)
    present = presenter_of(request)
    view = ListView(
        rows=[present.row(complaint) for complaint in shown],
        next=paging.link(following),
        first=paging.path if paging.after else None,
    )
    return draw("complaints.html", complaints=view)


@pages.get("/intake/complaints/{complaint_id}")
async def complaint_page(complaint_id: Id, request: Request, draw: Draw) -> Response:
    """One complaint."""
    found = await found_complaint(complaint_id, request)
    has_issue = found.kind in ("complaint", "damage")
    view = presenter_of(request).page(found, f"/alerts/of/{found.id}" if has_issue else None)
    return draw("complaint.html", complaint=view)
