"""People over HTTP: in, handler, view out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.sharing.domain.entries import NewPerson, PersonFields
from services.sharing.domain.person import Person
from services.sharing.handlers.accounts import end_everywhere, set_blocked
from services.sharing.handlers.people import add_person, change_person
from services.sharing.repository.people import People, Sought
from services.sharing.schemas.people import AccountOut, PersonOut
from shared.errors import NotFound
from shared.identity.policy import Rule
from shared.web.bodies import JsonRoute, created
from shared.web.etags import IfMatch, mark_version
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id, Words

ROOT = "/api/sharing/v1"
READERS = ("admin", "auditor", "directory:read")
WRITERS = ("admin", "directory:write")
POLICY = [
    Rule("GET", f"{ROOT}/people", *READERS),
    Rule("POST", f"{ROOT}/people", *WRITERS),
    Rule("GET", f"{ROOT}/people/{{person_id}}", *READERS),
    Rule("PATCH", f"{ROOT}/people/{{person_id}}", *WRITERS),
    Rule("POST", f"{ROOT}/people/{{person_id}}/session-endings", "admin"),
    Rule("POST", f"{ROOT}/people/{{person_id}}/blocks", "admin"),
    Rule("DELETE", f"{ROOT}/people/{{person_id}}/blocks", "admin"),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["people"])


def people_of(request: Request) -> People:
    """The queries, on this process's database."""
    return People(request.app.state.running.mongo)


async def found_person(person_id: str, request: Request) -> Person:
    """The person; raises `NotFound`."""
    person = await people_of(request).one(person_id)
    if person is None:
        raise NotFound
    return person


def place(person: Person) -> Cursor:
    """Where a person stands in the list."""
    return Cursor(person.sought, person.id)


@router.get("/people")
async def list_people(
    request: Request,
    paging: PagingQuery,
    q: Annotated[Words, Query(description="Part of a name or id")] = "",
    department: Words = "",
    role: Words = "",
    left: Annotated[bool, Query(description="Those who have left instead")] = False,
) -> Page[PersonOut]:
    """People by name."""
    after = paging.after.text if paging.after else None
    found = await people_of(request).page(Sought(q, department, role, left), after, paging.fetch)
    shown, following = paging.cut(found, place)
    return Page(items=[PersonOut.of(person) for person in shown], next=following)


@router.post("/people", status_code=201, response_model=PersonOut)
async def add(body: NewPerson, run: Runner) -> Response:
    """Somebody comes new."""
    person = await run(add_person, body, out=PersonOut)
    return created(person, f"{ROOT}/people/{person.id}")


@router.get("/people/{person_id}")
async def read(person_id: Id, request: Request, response: Response) -> PersonOut:
    """One person."""
    person = await found_person(person_id, request)
    mark_version(request, response, person.version)
    return PersonOut.of(person)


@router.patch("/people/{person_id}")
async def change(person_id: Id, body: PersonFields, run: Runner, expected: IfMatch) -> PersonOut:
    """Change the fields that are named; `null` clears a deputy. `"active": false` says that the person has left."""
    return await run(change_person, person_id, body, expected.check, out=PersonOut)


@router.post("/people/{person_id}/session-endings", status_code=201)
async def sign_out_everywhere(person_id: Id, run: Runner) -> AccountOut:
    """Every session of this person is over, in every service within 5 seconds."""
    return await run(end_everywhere, person_id, out=AccountOut)


@router.post("/people/{person_id}/blocks", status_code=201)
async def block(person_id: Id, run: Runner) -> AccountOut:
    """Keep this person out, whatever their roles."""
    return await run(set_blocked, person_id, True, out=AccountOut)


@router.delete("/people/{person_id}/blocks")
async def let_in(person_id: Id, run: Runner) -> AccountOut:
    """Let this person in again."""
    return await run(set_blocked, person_id, False, out=AccountOut)
