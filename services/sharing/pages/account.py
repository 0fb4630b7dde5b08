"""A person's own account: password, sessions, what happened to it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from services.sharing.domain.password import check_password
from services.sharing.domain.refusals.coming_in import NoAccount, SamePassword, WrongPassword
from services.sharing.handlers.accounts import end_everywhere, end_one
from services.sharing.handlers.signing_in import begin_attempt, change_password, note_failure
from services.sharing.pages.coming_in import DOORMAN, Counted, browser_in, is_production, let_in, session_of
from services.sharing.presenting.sign_in import account_view
from services.sharing.repository.people import People
from services.sharing.schemas.sign_in import AttemptOut, ChangePasswordForm, Done, SessionOut
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.identity.principal import ROLES, Principal
from shared.web.authentication import take_session
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.run import Run
from shared.web.shapes import Id
from shared.web.sign_in import SIGN_IN

POLICY = [
    Rule("GET", "/account", *ROLES),
    Rule("POST", "/account/passwords", *ROLES),
    Rule("POST", "/account/sessions/{session_id}/endings", *ROLES),
    Rule("POST", "/account/endings", *ROLES),
]
"""Everybody's own, the auditor's and the administrator's too."""

router = APIRouter(include_in_schema=False)


@router.get("/account")
async def page(request: Request, viewer: Viewer, draw: Draw) -> Response:
    """The account of the one who asks."""
    return await drawn(request, viewer, draw)


async def drawn(request: Request, viewer: Principal, draw: Drawer, refused: Refused | None = None) -> Response:
    """The page, with what was wrong about a change."""
    people, session = People(request.app.state.running.mongo), session_of(request)
    sessions, log = await people.sessions(viewer.id), await people.log(viewer.id)
    view = account_view(request, viewer, sessions, log, session.id if session else "", refused)
    return draw("account.html", refused.status if refused else 200, account=view)


@router.post("/account/passwords")
async def change(
    request: Request, viewer: Viewer, form: Annotated[ChangePasswordForm, Form()], run: Counted, draw: Draw
) -> Response:
    """A new password; every other session of this person is over."""
    try:
        kept = await checked(request, viewer, form, run)
    except Refused as refused:
        return await drawn(request, viewer, draw, refused)
    began = await run(change_password, viewer.id, kept, browser_in(request), out=SessionOut)
    return let_in(request, began.session, "/account")


async def checked(request: Request, viewer: Principal, form: ChangePasswordForm, run: Run) -> str:
    """What is kept of the new password, once the present one was right."""
    rules = request.app.state.running.store.rules.sign_in.password
    check_password(form.password, (viewer.id, viewer.name), rules)
    attempt = await run(begin_attempt, viewer.id, out=AttemptOut)
    if attempt.person != viewer.id:
        raise NoAccount
    if not await DOORMAN.is_right(form.present, attempt.password):
        await run(note_failure, attempt.attempt(), out=Done)
        raise WrongPassword("present")
    if form.password == form.present:
        raise SamePassword("password")
    return await DOORMAN.keep(form.password)


@router.post("/account/sessions/{session_id}/endings")
async def end_session(session_id: Id, viewer: Viewer, run: Counted) -> Response:
    """One session is over, such as on a computer that was left open."""
    await run(end_one, viewer.id, session_id, out=Done)
    return RedirectResponse("/account", 303)


@router.post("/account/endings")
async def end_all(request: Request, viewer: Viewer, run: Counted) -> Response:
    """Every session is over, this one too."""
    await run(end_everywhere, viewer.id, out=Done)
    response = RedirectResponse(SIGN_IN, 303)
    take_session(response, is_production(request))
    return response
