"""Calls as a list: to go on with, broken down, filed; and what is done to one as a whole."""

from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.domain.drafts import SUPERVISOR, CallDraft, DraftFile
from services.intake.handlers.attachments import StagedFile
from services.intake.handlers.calls import (
    leave_call_file_out,
    mark_breakdown,
    note_call_file,
    take_call_over,
    throw_call_away,
    uploads_owner,
)
from services.intake.pages.call import AGENTS, CALLS, call_of, save_typed
from services.intake.pages.staff_forms import AtDesk, Desk, typed_with_files
from services.intake.pages.visits import typed_in
from services.intake.repository.drafts import Drafts
from services.intake.repository.uow import IntakeUow
from services.intake.schemas.attachments import Done
from services.intake.views.call import CallRow, CallsView
from shared.identity.policy import Rule
from shared.web.pages import Draw
from shared.web.run import Runner
from shared.web.shapes import Id

UPLOADS: Final = (f"{CALLS}/{{call_id}}/files",)
BEGINS: Final = 80
REVISION: Final = "revision"
"""The field that says that the whole screen came along."""
POLICY = [
    Rule("GET", CALLS, *AGENTS),
    Rule("POST", UPLOADS[0], *AGENTS),
    Rule("POST", f"{CALLS}/{{call_id}}/removals", *AGENTS),
    Rule("POST", f"{CALLS}/{{call_id}}/breakdowns", *AGENTS),
    Rule("POST", f"{CALLS}/{{call_id}}/takeovers", SUPERVISOR),
    Rule("POST", f"{CALLS}/{{call_id}}/discards", *AGENTS),
]

pages = APIRouter(include_in_schema=False)


@pages.get(CALLS)
async def calls(desk: AtDesk, draw: Draw) -> Response:
    """Calls to go on with; for supervisors also those that broke down."""
    drafts = Drafts(desk.request.app.state.running.mongo)
    own = await drafts.calls_of(desk.viewer.id)
    supervises = SUPERVISOR in desk.viewer.roles
    broken = await drafts.broken_down() if supervises else []
    view = CallsView(
        open=[_row(desk, draft) for draft in own if draft.number is None],
        broken=[_row(desk, draft) for draft in broken],
        filed=[_row(desk, draft) for draft in own if draft.number is not None],
        supervises=supervises,
    )
    return draw("calls.html", calls=view)


@pages.post(UPLOADS[0])
async def upload(call_id: Id, desk: AtDesk, run: Runner, draw: Draw) -> Response:
    """Take files in while the call goes on; a part of the page."""
    draft = await call_of(call_id, desk)
    shown = list(draft.read(desk.request.app.state.running.vault).files) if draft else list[DraftFile]()

    async def note(staged: StagedFile, uow: IntakeUow) -> None:
        shown[:] = await note_call_file(call_id, desk.viewer, staged, uow)

    typed = await typed_with_files(desk, uploads_owner(call_id), run, note)
    return draw("call_files.html", 422 if typed.wrong else 200, files=shown, wrong=typed.wrong, call_id=call_id)


@pages.post(f"{CALLS}/{{call_id}}/removals")
async def leave_out(call_id: Id, request: Request, desk: AtDesk, run: Runner) -> Response:
    """Take a file off the call."""
    form = await typed_in(request)
    if REVISION in form:
        await save_typed(call_id, desk, run, form)
    await run.keyed(None)(leave_call_file_out, call_id, form.get("file", ""), desk.viewer, out=Done)
    return RedirectResponse(f"{CALLS}/{call_id}", status_code=303)


@pages.post(f"{CALLS}/{{call_id}}/breakdowns")
async def break_down(call_id: Id, request: Request, desk: AtDesk, run: Runner) -> Response:
    """The call broke down: it is handed to a supervisor with all that was typed."""
    form = await typed_in(request)
    if REVISION in form:
        await save_typed(call_id, desk, run, form)
    await run.keyed(None)(mark_breakdown, call_id, desk.viewer, out=Done)
    return RedirectResponse(CALLS, status_code=303)


@pages.post(f"{CALLS}/{{call_id}}/takeovers")
async def take_over(call_id: Id, desk: AtDesk, run: Runner) -> Response:
    """A supervisor goes on with it."""
    await run.keyed(None)(take_call_over, call_id, desk.viewer, out=Done)
    return RedirectResponse(f"{CALLS}/{call_id}", status_code=303)


@pages.post(f"{CALLS}/{{call_id}}/discards")
async def discard(call_id: Id, desk: AtDesk, run: Runner) -> Response:
    """Nothing is to become of it."""
    await run.keyed(None)(throw_call_away, call_id, desk.viewer, out=Done)
    return RedirectResponse(CALLS, status_code=303)


def _row(desk: Desk, draft: CallDraft) -> CallRow:
    running = desk.request.app.state.running
    answers = draft.read(running.vault).answers
    agent = running.store.directory.organisation.person(draft.owner)
    begins = " ".join((answers.get("title") or answers.get("body") or answers.get("contact.name") or "").split())
    return CallRow(
        id=draft.id,
        begins=begins[:BEGINS],
        saved_at=draft.saved_at,
        broken_at=draft.broken_at,
        agent=agent.name if agent else draft.owner,
        number=draft.number,
    )
