"""Local mode only: be another of the sample people for a while."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Form, Response
from starlette.responses import RedirectResponse

from shared.errors import NotFound
from shared.identity.organisation import Organisation, Person
from shared.identity.policy import EVERYONE, Rule
from shared.identity.principal import ROLES
from shared.web.authentication import PERSON_COOKIE
from shared.web.pages import Draw
from shared.web.shapes import FormIn, Id

PEOPLE_POLICY: Final = [Rule("GET", "/people", EVERYONE), Rule("POST", "/people", *ROLES)]
"""Changing over has to be open to everyone signed in, the auditor and the administrator too."""


class ChooseForm(FormIn):
    """Whom to be."""

    person: Id


def people_router(organisation: Organisation) -> APIRouter:
    """The list of sample people, and the choice."""
    router = APIRouter(include_in_schema=False)

    @router.get("/people")
    async def page(draw: Draw) -> Response:
        return draw("people.html", people=_shown(organisation.people), organisation=organisation)

    @router.post("/people")
    async def choose(form: Annotated[ChooseForm, Form()]) -> Response:
        if organisation.person(form.person) is None:
            raise NotFound("person")
        response = RedirectResponse("/alerts", status_code=303)
        response.set_cookie(PERSON_COOKIE, form.person, httponly=True, samesite="strict")
        return response

    return router


def _shown(people: Sequence[Person]) -> list[Person]:
    """Whoever has more to do than an employee first."""
    return sorted(people, key=lambda person: -len(person.roles))
