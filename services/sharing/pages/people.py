"""The pages about people: the list, and somebody who comes new."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from services.sharing.api.departments import departments_of
from services.sharing.api.people import people_of, place
from services.sharing.domain.entries import NewPerson
from services.sharing.handlers.people import add_person
from services.sharing.pages.typed import (
    NotSaid,
    administers,
    entry_of,
    person_typed,
    presenter_of,
    refusal_of,
)
from services.sharing.presenting.sign_in import reading
from services.sharing.presenting.words import ACCESS, EMPLOYMENT
from services.sharing.repository.people import Sought
from services.sharing.schemas.forms import PersonFormIn
from services.sharing.schemas.people import PersonOut
from services.sharing.views.people import PersonForm, Refusal
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.paging import PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Words
from shared.web.words import ROLES

READERS: Final = ("admin", "auditor")
PATH: Final = "/sharing/people"
POLICY = [
    Rule("GET", PATH, *READERS),
    Rule("POST", PATH, "admin"),
    Rule("GET", f"{PATH}/new", "admin"),
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
    after = paging.after.text if paging.after else None
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
