"""The pages about one person, and what an administrator changes there."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from services.sharing.api.departments import departments_of
from services.sharing.api.people import found_person, people_of
from services.sharing.domain.entries import PersonFields
from services.sharing.domain.person import Person
from services.sharing.handlers.people import change_person
from services.sharing.pages.people import PATH, READERS, WORDS
from services.sharing.pages.typed import (
    NotSaid,
    administers,
    entry_of,
    expecting,
    person_typed,
    presenter_of,
    refusal_of,
)
from services.sharing.presenting.sign_in import reading
from services.sharing.schemas.forms import LeaveFormIn, LeaveRemovalForm, PersonFormIn, VersionForm
from services.sharing.schemas.people import PersonOut
from services.sharing.views.people import PersonForm, Refusal
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.identity.principal import Principal
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.run import Run, Runner
from shared.web.shapes import Id

ONE: Final = f"{PATH}/{{person_id}}"
POLICY = [
    Rule("GET", ONE, *READERS),
    Rule("POST", f"{ONE}/changes", "admin"),
    Rule("POST", f"{ONE}/leaves", "admin"),
    Rule("POST", f"{ONE}/leave-removals", "admin"),
    Rule("POST", f"{ONE}/departures", "admin"),
    Rule("POST", f"{ONE}/returns", "admin"),
]

router = APIRouter(include_in_schema=False)


@router.get(ONE)
async def person_page(person_id: Id, request: Request, draw: Draw, viewer: Viewer) -> Response:
    """One person."""
    return await drawn(await found_person(person_id, request), request, draw, viewer)


async def drawn(
    person: Person,
    request: Request,
    draw: Drawer,
    viewer: Principal,
    typed: PersonForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response:
    """The page, with what was typed and why it was refused."""
    people = people_of(request)
    account, departments = await people.account(person.id), await departments_of(request).all()
    sessions, log = len(await people.sessions(person.id)), await people.log(person.id)
    may = administers(viewer)
    view = presenter_of(request).person(person, account, departments, sessions, log, may, typed, refusal)
    return draw("person.html", status, person=view, **WORDS)


@router.post(f"{ONE}/changes")
async def change(
    person_id: Id, request: Request, form: Annotated[PersonFormIn, Form()], run: Runner, draw: Draw, viewer: Viewer
) -> Response:
    """Something about a person is other now."""
    said = form.said(await person_typed(form.deputy, people_of(request)))
    return await changed(person_id, said, form.version, request, run, draw, viewer, form.typed())


async def changed(
    person_id: str,
    said: dict[str, object],
    version: int,
    request: Request,
    run: Run,
    draw: Drawer,
    viewer: Principal,
    typed: PersonForm | None = None,
) -> Response:
    """The person's page after a change, or with the reason why there was none."""
    language = reading(request)
    try:
        fields = entry_of(PersonFields, said, language)
        await run(change_person, person_id, fields, expecting(version).check, out=PersonOut)
    except NotSaid as wrong:
        return await drawn(await found_person(person_id, request), request, draw, viewer, typed, wrong.refusal, 422)
    except Refused as refused:
        person, why = await found_person(person_id, request), refusal_of(refused, language)
        return await drawn(person, request, draw, viewer, typed, why, refused.status)
    return RedirectResponse(f"{PATH}/{person_id}", 303)


@router.post(f"{ONE}/leaves")
async def add_leave(
    person_id: Id, request: Request, form: Annotated[LeaveFormIn, Form()], run: Runner, draw: Draw, viewer: Viewer
) -> Response:
    """A time away, with who decides meanwhile."""
    person = await found_person(person_id, request)
    deputy = await person_typed(form.deputy, people_of(request))
    leaves = [leave.model_dump() for leave in person.leaves]
    leaves.append({"start": form.start, "end": form.end, "deputy": deputy})
    return await changed(person_id, {"leaves": leaves}, form.version, request, run, draw, viewer)


@router.post(f"{ONE}/leave-removals")
async def remove_leave(
    person_id: Id, request: Request, form: Annotated[LeaveRemovalForm, Form()], run: Runner, draw: Draw, viewer: Viewer
) -> Response:
    """A time away that does not come about."""
    person = await found_person(person_id, request)
    leaves = [leave.model_dump() for leave in person.leaves if leave.start.isoformat() != form.start]
    return await changed(person_id, {"leaves": leaves}, form.version, request, run, draw, viewer)


@router.post(f"{ONE}/departures")
async def leave(
    person_id: Id, request: Request, form: Annotated[VersionForm, Form()], run: Runner, draw: Draw, viewer: Viewer
) -> Response:
    """The person has left the company."""
    return await changed(person_id, {"active": False}, form.version, request, run, draw, viewer)


@router.post(f"{ONE}/returns")
async def come_back(
    person_id: Id, request: Request, form: Annotated[VersionForm, Form()], run: Runner, draw: Draw, viewer: Viewer
) -> Response:
    """The person works here again."""
    return await changed(person_id, {"active": True}, form.version, request, run, draw, viewer)
