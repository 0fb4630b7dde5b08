"""My work: what waits for the one who looks, by when it is due; and how much, for the navigation."""

from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.complaints import complaints_of
from services.intake.domain.drafts import SUPERVISOR
from services.intake.domain.selection import Selection
from services.intake.pages.found import question_of
from services.intake.pages.looking import PATIENCE, days_of, looking_of, roster_of
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import QueuePresenter
from services.intake.presenting.work import WorkPresenter
from services.intake.repository.drafts import Drafts
from services.intake.views.work import BrokenCall, Elsewhere, WorkView
from shared.identity.policy import EVERYONE, Rule
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.reader import is_part

WORK: Final = "/intake/work"
POLICY: Final = [Rule("GET", WORK, EVERYONE), Rule("GET", f"{WORK}/count", EVERYONE)]
MOST: Final = 100
MINE: Final = Selection(assignee=("me",))

pages = APIRouter(include_in_schema=False)


@pages.get(WORK)
async def work(request: Request, viewer: Viewer, draw: Draw) -> Response:
    """What waits for me."""
    looking, live, last_event = looking_of(request, viewer), roster_of(request), request.app.state.feed.latest
    is_whole = await live.ready(PATIENCE)
    question = question_of(MINE, looking)
    ids = live.roster.page(question, None, MOST)
    found = await complaints_of(request).those(ids, {})
    tomorrow = datetime.fromtimestamp(days_of(looking.now).tomorrow / 1000, UTC)
    present, queue = WorkPresenter(looking, tomorrow), QueuePresenter(looking, MINE)
    duties = [duty for id in ids if id in found for duty in present.duties(found[id])]
    total = live.roster.count(question)
    view = WorkView(
        groups=present.groups(duties),
        elsewhere=_elsewhere(looking, queue, request),
        total=total,
        more=queue.href(MINE) if total > MOST else None,
        is_whole=is_whole,
        last_event=last_event,
        calls=await _broken_calls(looking, request),
        queue_href=queue.href(Selection()),
    )
    return draw("work.html", work=view)


@pages.get(f"{WORK}/count")
async def count(request: Request, viewer: Viewer, draw: Draw) -> Response:
    """How much waits for me, for the navigation; nothing at all when nothing does."""
    if not is_part(request.scope):
        return RedirectResponse(WORK, 303)
    looking = looking_of(request, viewer)
    return draw("work_count.html", count=roster_of(request).roster.count(question_of(MINE, looking)))


def _elsewhere(looking: Looking, queue: QueuePresenter, request: Request) -> list[Elsewhere]:
    """The views of the reader's role that hold something."""
    roster = roster_of(request).roster
    found: list[Elsewhere] = []
    for view in looking.rules.views.for_roles(looking.viewer.roles):
        selection = Selection.read(view.query) or Selection()
        held = roster.count(question_of(selection, looking))
        if held and selection.chosen and selection.address != MINE.address:
            found.append(Elsewhere(view.names.in_(looking.language), held, queue.href(selection)))
    return found


async def _broken_calls(looking: Looking, request: Request) -> list[BrokenCall]:
    """Calls that agents could not go on with, for those who take over."""
    if SUPERVISOR not in looking.viewer.roles:
        return []
    broken = await Drafts(request.app.state.running.mongo).broken_down()
    return [BrokenCall(looking.person(draft.owner), draft.broken_at) for draft in broken if draft.broken_at]
