"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from services.sharing.domain.password import check_password
from services.sharing.domain.refusals.coming_in import Locked, SamplesOnly, SignInFailed
from services.sharing.handlers.signing_in import begin_attempt, change_password, note_failure, sign_in_sample, sign_out
from services.sharing.handlers.signing_in import sign_in as come_in
from services.sharing.pages.coming_in import (
    DOORMAN,
    Counted,
    FromHere,
    browser_in,
    is_production,
    let_in,
    read_ticket,
    session_of,
    write_ticket,
)
from services.sharing.presenting.sign_in import new_password_view, sign_in_view
from services.sharing.repository.people import People
from services.sharing.schemas.sign_in import AttemptOut, Done, FirstPasswordForm, SampleForm, SessionOut, SignInForm
from shared.errors import Refused
from shared.identity.policy import PUBLIC, Rule
from shared.identity.samples import one_per_role
from shared.web.authentication import take_session
from shared.web.origin import is_local_host
from shared.web.pages import Draw
from shared.web.run import Run
from shared.web.sign_in import SIGN_IN, safe_next

POLICY = [
    Rule("GET", SIGN_IN, PUBLIC),
    Rule("POST", SIGN_IN, PUBLIC),
    Rule("POST", "/sign-in/passwords", PUBLIC),
    Rule("POST", "/sign-in/samples", PUBLIC),
    Rule("POST", "/sign-out", PUBLIC),
]

router = APIRouter(include_in_schema=False)


def has_samples(request: Request) -> bool:
    """Whether the invented people may come in with one click: here alone, and only where they are the company."""
    settings = request.app.state.running.settings
    invented = settings.has_sample_people and settings.organisation_file is None
    return invented and is_local_host(request.scope) and _is_this_machine(request)


def _is_this_machine(request: Request) -> bool:
    """Whether the one who asks is here: a name in a header is whatever its sender likes."""
    return request.client is not None and request.client.host in ("127.0.0.1", "::1")


@router.get(SIGN_IN)
async def page(request: Request, draw: Draw, next: Annotated[str, Query(max_length=2000)] = "") -> Response:
    """Name and password."""
    return draw("sign_in.html", door=sign_in_view(request, safe_next(next), has_samples(request)))


@router.post(SIGN_IN, dependencies=[FromHere])
async def enter(request: Request, form: Annotated[SignInForm, Form()], run: Counted, draw: Draw) -> Response:
    """Look at the password; the same words and the same time for every name."""
    try:
        found = await checked(form, run)
    except (SignInFailed, Locked) as refused:
        view = sign_in_view(request, safe_next(form.next), has_samples(request), form.name, refused)
        return draw("sign_in.html", refused.status, door=view)
    running = request.app.state.running
    if found.must_change and found.person is not None:
        ticket = write_ticket(found.person, running.store.clock.now(), running.vault)
        return draw("new_password.html", door=new_password_view(request, ticket, form.next))
    await end_former(request, run)
    began = await run(come_in, found.attempt(), browser_in(request), out=SessionOut)
    return let_in(request, began.session, form.next)


async def end_former(request: Request, run: Run) -> None:
    """The session that this browser had until now, whosever it was, is over: nobody could use it any more."""
    former = session_of(request)
    if former is not None:
        await run(sign_out, former, out=Done)


async def checked(form: SignInForm, run: Run) -> AttemptOut:
    """The attempt, once its password was right. Raises `Locked`, `SignInFailed`."""
    found = await run(begin_attempt, form.name, out=AttemptOut)
    if not await DOORMAN.is_right(form.password, found.password) or found.person is None:
        await run(note_failure, found.attempt(), out=Done)
        raise SignInFailed
    return found


@router.post("/sign-in/passwords", dependencies=[FromHere])
async def first_password(
    request: Request, form: Annotated[FirstPasswordForm, Form()], run: Counted, draw: Draw
) -> Response:
    """A password of one's own instead of the one that was handed over; only then does a session begin."""
    running = request.app.state.running
    person = read_ticket(form.ticket, running.store.clock.now(), running.vault)
    account = await People(running.mongo).account(person)
    if account is None or not account.must_change:
        raise SignInFailed
    known = running.store.directory.organisation.person(person)
    try:
        check_password(form.password, (person, known.name if known else ""), running.store.rules.sign_in.password)
    except Refused as refused:
        return draw(
            "new_password.html", refused.status, door=new_password_view(request, form.ticket, form.next, refused)
        )
    kept = await DOORMAN.keep(form.password)
    began = await run(change_password, person, kept, browser_in(request), out=SessionOut)
    return let_in(request, began.session, form.next)


@router.post("/sign-in/samples", dependencies=[FromHere])
async def enter_as_sample(request: Request, form: Annotated[SampleForm, Form()], run: Counted) -> Response:
    """One of the invented people, without a password."""
    organisation = request.app.state.running.store.directory.organisation
    if not has_samples(request) or form.person not in {p.id for p in one_per_role(organisation).values()}:
        raise SamplesOnly
    await end_former(request, run)
    began = await run(sign_in_sample, form.person, browser_in(request), out=SessionOut)
    return let_in(request, began.session, form.next)


@router.post("/sign-out", dependencies=[FromHere])
async def leave(request: Request, run: Counted) -> Response:
    """This session is over, everywhere within seconds."""
    await end_former(request, run)
    response = RedirectResponse(SIGN_IN, 303)
    take_session(response, is_production(request))
    return response
