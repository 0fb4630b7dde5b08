"""The pages about people: the list, one of them, and what an administrator does there."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from services.sharing.api.departments import departments_of
from services.sharing.api.people import found_person, people_of, place
from services.sharing.domain.entries import NewPerson, PersonFields
from services.sharing.domain.person import Person
from services.sharing.handlers.people import add_person, change_person
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
from services.sharing.presenting.words import ACCESS, EMPLOYMENT
from services.sharing.repository.people import Sought
from services.sharing.schemas.forms import LeaveFormIn, LeaveRemovalForm, PersonFormIn, VersionForm
from services.sharing.schemas.people import PersonOut
from services.sharing.views.people import PersonForm, Refusal
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.identity.principal import Principal
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.paging import PagingQuery
from shared.web.run import Run, Runner
from shared.web.shapes import Id, Words
from shared.web.words import ROLES

READERS: Final = ("admin", "auditor")
PATH: Final = "/sharing/people"
ONE: Final = f"{PATH}/{{person_id}}"
POLICY = [
    Rule("GET", PATH, *READERS),
    Rule("POST", PATH, "admin"),
    Rule("GET", f"{PATH}/new", "admin"),
    Rule("GET", ONE, *READERS),
    Rule("POST", f"{ONE}/changes", "admin"),
    Rule("POST", f"{ONE}/leaves", "admin"),
    Rule("POST", f"{ONE}/leave-removals", "admin"),
    Rule("POST", f"{ONE}/departures", "admin"),
    Rule("POST", f"{ONE}/returns", "admin"),
]
WORDS: Final = {
    "employments": EMPLOYMENT,
    "accesses": ACCESS,
    "role_words": {role: word for role, word in ROLES.items() if role != "consumer"},
}

router = APIRouter(include_in_schema=False)


@router.get(PATH)
async def people_page(
    request: Request,
    paging: PagingQuery,
    draw: Draw,
    viewer: Viewer,
    q: Words = "",
    department: Words = "",
    role: Words = "",
    left: Annotated[str, Query(max_length=5)] = "",
) -> Response:
    """People by name, narrowed by words, department, role, or to those who have left."""
    sought, people = Sought(q, department, role, bool(left)), people_of(request)
    after = str(paging.after.key) if paging.after else None
    found = await people.page(sought, after, paging.fetch)
    shown, following = paging.cut(found, place)
    accounts = await people.accounts([person.id for person in shown])
    departments = await departments_of(request).all()
    kept = {
        name: value for name, value in {"q": q, "department": department, "role": role, "left": left}.items() if value
    }
    links = paging.link(following, **kept), paging.path if paging.after else None
    view = presenter_of(request).people(shown, accounts, departments, sought, links)
    return draw("people.html", people=view, may_change=administers(viewer), **WORDS)


@router.get(f"{PATH}/new")
async def new_page(request: Request, draw: Draw) -> Response:
    """The form for somebody who comes new."""
    return await new_drawn(request, draw, PersonForm(), Refusal())


async def new_drawn(request: Request, draw: Drawer, typed: PersonForm, refusal: Refusal, status: int = 200) -> Response:
    """The form with what was typed."""
    choices = presenter_of(request).choices(await departments_of(request).all())
    return draw("person_new.html", status, form=typed, refusal=refusal, departments=choices, **WORDS)


@router.post(PATH)
async def add(request: Request, form: Annotated[PersonFormIn, Form()], run: Runner, draw: Draw) -> Response:
    """Somebody comes new."""
    language = reading(request)
    try:
        deputy = await person_typed(form.deputy, people_of(request))
        person = await run(
            add_person, entry_of(NewPerson, {**form.said(deputy), "id": form.id}, language), out=PersonOut
        )
    except NotSaid as wrong:
        return await new_drawn(request, draw, form.typed(), wrong.refusal, 422)
    except Refused as refused:
        return await new_drawn(request, draw, form.typed(), refusal_of(refused, language), refused.status)
    return RedirectResponse(f"{PATH}/{person.id}", 303)


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
