"""Saved views of the queue over HTTP."""

from fastapi import APIRouter, Request

from services.intake.api.complaints import ROOT
from services.intake.handlers.views import delete_view, pin_view, rename_view, restore_view, save_view
from services.intake.repository.views import Views
from services.intake.schemas.views import NameIn, PinIn, ViewIn, ViewOut, ViewsOut
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute
from shared.web.gate import Viewer
from shared.web.run import Runner
from shared.web.shapes import Id

POLICY = [
    Rule("GET", f"{ROOT}/views", EVERYONE),
    Rule("POST", f"{ROOT}/views", EVERYONE),
    *(
        Rule("POST", f"{ROOT}/views/{{view_id}}/{noun}", EVERYONE)
        for noun in ("names", "pins", "removals", "restorations")
    ),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["views"])


@router.get("/views")
async def list_views(request: Request, viewer: Viewer) -> ViewsOut:
    """One's own views and those of one's department."""
    own, shared = await Views(request.app.state.running.mongo).seen_by(viewer.id, viewer.department)
    return ViewsOut(
        own=[ViewOut.of(view) for view in own.shown],
        department=[ViewOut.of(view) for view in shared.shown],
        pinned=own.pinned,
    )


@router.post("/views", status_code=201)
async def make_view(body: ViewIn, run: Runner) -> ViewOut:
    """Keep a view of one's own, or of one's department."""
    return await run(save_view, body.name, body.query, body.shared, out=ViewOut)


@router.post("/views/{view_id}/names", status_code=201)
async def name_view(view_id: Id, body: NameIn, run: Runner) -> ViewOut:
    """Give it another name."""
    return await run(rename_view, view_id, body.name, out=ViewOut)


@router.post("/views/{view_id}/pins", status_code=201)
async def pin(view_id: Id, body: PinIn, run: Runner) -> ViewOut:
    """Put it among one's pinned ones, or take it from there."""
    return await run(pin_view, view_id, body.pinned, out=ViewOut)


@router.post("/views/{view_id}/removals", status_code=201)
async def remove_view(view_id: Id, run: Runner) -> ViewOut:
    """Delete it; it can be brought back."""
    return await run(delete_view, view_id, out=ViewOut)


@router.post("/views/{view_id}/restorations", status_code=201)
async def bring_view_back(view_id: Id, run: Runner) -> ViewOut:
    """Bring a deleted one back."""
    return await run(restore_view, view_id, out=ViewOut)
