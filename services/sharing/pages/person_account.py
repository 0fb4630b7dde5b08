"""What an administrator does to a person's account: a new password, sessions ended, kept out, let in."""

import secrets
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.sharing.api.people import found_person
from services.sharing.handlers.accounts import end_everywhere, give_password, set_blocked
from services.sharing.pages.coming_in import DOORMAN
from services.sharing.pages.people import PATH
from services.sharing.pages.person import ONE, drawn
from services.sharing.pages.typed import presenter_of, refusal_of
from services.sharing.presenting.sign_in import reading
from services.sharing.schemas.people import AccountOut
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.identity.principal import Principal
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.run import Run, Runner
from shared.web.shapes import Id

POLICY: Final = [
    Rule("POST", f"{ONE}/passwords", "admin"),
    Rule("POST", f"{ONE}/session-endings", "admin"),
    Rule("POST", f"{ONE}/blocks", "admin"),
    Rule("POST", f"{ONE}/unblocks", "admin"),
]

router = APIRouter(include_in_schema=False)


@router.post(f"{ONE}/passwords")
async def hand_over(person_id: Id, request: Request, run: Runner, draw: Draw) -> Response:
    """A password to hand over, shown this once; it has to be replaced at the first sign-in."""
    person = await found_person(person_id, request)
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    kept = await DOORMAN.keep(password)
    await run.keyed(None)(give_password, person.id, kept, True, out=AccountOut)
    return draw("password_once.html", person=presenter_of(request).named(person.id), password=password)


@router.post(f"{ONE}/session-endings")
async def sign_out_everywhere(person_id: Id, request: Request, run: Runner, draw: Draw, viewer: Viewer) -> Response:
    """Every session of this person is over."""
    return await acted(person_id, request, draw, viewer, run, end_everywhere)


@router.post(f"{ONE}/blocks")
async def block(person_id: Id, request: Request, run: Runner, draw: Draw, viewer: Viewer) -> Response:
    """Keep this person out."""
    return await acted(person_id, request, draw, viewer, run, set_blocked, True)


@router.post(f"{ONE}/unblocks")
async def let_in(person_id: Id, request: Request, run: Runner, draw: Draw, viewer: Viewer) -> Response:
    """Let this person in again."""
    return await acted(person_id, request, draw, viewer, run, set_blocked, False)


async def acted(
    person_id: str, request: Request, draw: Drawer, viewer: Principal, run: Run, handler: object, *args: object
) -> Response:
    """The person's page after something was done to the account, or with the reason why it was not."""
    try:
        await run(handler, person_id, *args, out=AccountOut)  # type: ignore[arg-type]
    except Refused as refused:
        why = refusal_of(refused, reading(request))
        person = await found_person(person_id, request)
        return await drawn(person, request, draw, viewer, None, why, refused.status)
    return RedirectResponse(f"{PATH}/{person_id}", 303)
