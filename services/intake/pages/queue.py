"""The queue: complaints beside the card that is open, with facets, saved views and bulk actions."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.complaints import complaints_of
from services.intake.domain.card import CS_ROLES
from services.intake.domain.complaint import Complaint
from services.intake.domain.rows import Place
from services.intake.domain.searching import number_in
from services.intake.domain.selection import Selection
from services.intake.pages.bulk import PICKERS
from services.intake.pages.found import asked_of, question_of, selection_of
from services.intake.pages.looking import PATIENCE, looking_of, roster_of
from services.intake.pages.reading import card_of
from services.intake.presenting.looking import Looking
from services.intake.presenting.options import agents
from services.intake.presenting.queue import PATH, QueuePresenter
from services.intake.presenting.saved_views import view_links
from services.intake.repository.views import Views
from services.intake.views.queue import QueueView, ViewLink
from shared.identity.policy import EVERYONE, Rule
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.paging import Cursor, PagingQuery
from shared.web.shapes import Id

POLICY = [Rule("GET", PATH, EVERYONE)]

pages = APIRouter(include_in_schema=False)


@pages.get(PATH)
async def queue(
    request: Request, viewer: Viewer, paging: PagingQuery, draw: Draw, card: Id | None = None, undo: Id | None = None
) -> Response:
    """The list for a selection, beside the card that is open; a number leads to its card at once."""
    selection, looking = selection_of(request), looking_of(request, viewer)
    if (number := number_in(selection.q)) and await complaints_of(request).one(number):
        return RedirectResponse(f"{PATH}/{number}", 303)
    view = await queue_view(request, looking, selection, paging, card)
    if undo:
        view = replace(view, undo=(undo, selection.address))
    return draw("queue.html", queue=view)


async def queue_view(
    request: Request, looking: Looking, selection: Selection, paging: PagingQuery, card: str | None = None
) -> QueueView:
    """All of it."""
    live, last_event = roster_of(request), request.app.state.feed.latest
    is_whole = await live.ready(PATIENCE)
    asked, roster = await asked_of(selection, looking, request), live.roster
    after: Place | None = (paging.after.number, paging.after.id) if paging.after else None
    ids, following = paging.cut(
        roster.page(asked.question, after, paging.fetch), lambda id: Cursor(*roster.place(id, selection.order))
    )
    opened = await card_of(card, request, looking, back=_back(request)) if card else None
    present = QueuePresenter(looking, selection, opened.id if opened else None)
    rows = await _rows(ids, request)
    return QueueView(
        selection=selection,
        rows=[present.row(complaint) for complaint in rows],
        total=roster.count(asked.question),
        facets=present.facets(roster.counts(asked.question)),
        chips=present.chips(),
        views=await _views(request, looking, selection, present),
        orders=present.orders(),
        whiches=present.whiches(),
        is_whole=is_whole,
        limited=asked.limited,
        agents=agents(looking) if looking.viewer.roles & CS_ROLES else [],
        may_assign=bool(looking.viewer.roles & CS_ROLES),
        may_pick=bool(looking.viewer.roles & PICKERS),
        may_save=bool(looking.viewer.roles - {"auditor"}),
        next=present.href(selection, card=card, after=following, limit=_limit(paging)) if following else None,
        first=present.href(selection, card=card, limit=_limit(paging)) if after else None,
        clear=present.href(Selection(which=selection.which, order=selection.order)),
        last_event=last_event,
        card=opened,
        address=selection.address,
    )


async def _rows(ids: Sequence[str], request: Request) -> list[Complaint]:
    """The complaints as they are now, in the order of the roster."""
    found = await complaints_of(request).those(ids, {})
    return [found[id] for id in ids if id in found]


async def _views(request: Request, looking: Looking, selection: Selection, present: QueuePresenter) -> list[ViewLink]:
    viewer, roster = looking.viewer, roster_of(request).roster
    shelves = await Views(request.app.state.running.mongo).seen_by(viewer.id, viewer.department)

    def count(of: Selection) -> int:
        return roster.count(question_of(of, looking)) if not of.q else 0

    return view_links(*shelves, selection, present, looking, count)


def _back(request: Request) -> str:
    query = request.url.query
    return f"{PATH}?{query}" if query else PATH


def _limit(paging: PagingQuery) -> str | None:
    return str(paging.limit) if paging.limit != 50 else None
