"""A small service that uses every part of the web."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field, ValidationError

from shared.errors import Conflict, NotFound, Unavailable
from shared.identity.policy import EVERYONE, PUBLIC, Rule
from shared.identity.principal import Principal
from shared.web.bodies import JsonRoute
from shared.web.etags import IfMatch, mark_version
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.shapes import FormIn, In, Line, Text, Words

OFFICER: Final = Principal("p-officer", "박안전", frozenset({"safety_officer"}), "person", "safety")
AGENT: Final = Principal("p-agent", "김상담", frozenset({"agent"}), "person", "office")
SYSTEM: Final = Principal("s-shop", "shop", frozenset({"cases:write"}), "system")
PEOPLE: Final = {person.id: person for person in (OFFICER, AGENT)}
TEMPLATES: Final = Path(__file__).parent / "templates"
CASES: Final = 120
VERSION: Final = 7
SECRET: Final = "010-1234-5678"


class UnitIn(In):
    code: Line
    lot: Line | None = None


class CaseIn(In):
    body: Text
    title: Line | None = None
    unit: UnitIn | None = None
    tags: list[Line] = Field(default_factory=list)
    people: int = 0
    at: datetime | None = None


class NoteIn(FormIn):
    note: Line | None = None
    times: int = 1


class CaseOut(BaseModel):
    id: str
    by: str


class AlreadyDecided(Conflict):
    text = "This step was acknowledged already."


api = APIRouter(prefix="/api/sample/v1", route_class=JsonRoute)
pages = APIRouter(prefix="/sample", include_in_schema=False)


@api.post("/cases", status_code=201)
async def file_case(body: CaseIn, viewer: Viewer) -> CaseOut:
    """Files a case."""
    return CaseOut(id=body.body, by=viewer.id)


@api.get("/cases")
async def list_cases(paging: PagingQuery, q: Words = "") -> Page[int]:
    """Lists the numbers from 0."""
    start = int(paging.after.key) + 1 if paging.after else 0
    rows = range(start, min(start + paging.fetch, CASES))
    shown, after = paging.cut(rows, lambda row: Cursor(row, str(row)))
    return Page(items=list(shown), next=after)


@api.get("/cases/{id}")
async def read_case(id: str, request: Request, response: Response) -> CaseOut:
    if id == "none":
        raise NotFound
    mark_version(request, response, VERSION)
    return CaseOut(id=id, by="")


@api.put("/cases/{id}")
async def change_case(id: str, body: CaseIn, expected: IfMatch) -> CaseOut:
    expected.check(VERSION)
    return CaseOut(id=id, by=body.body)


@api.post("/public/cases", status_code=201)
async def file_publicly(body: CaseIn, viewer: Viewer) -> CaseOut:
    return CaseOut(id=body.body, by=viewer.id)


@api.get("/settings")
async def read_settings() -> CaseOut:
    return CaseOut(id="settings", by="")


async def _decided() -> None:
    raise AlreadyDecided("step")


async def _away() -> None:
    raise Unavailable(retry_after=7)


async def _broken() -> None:
    raise ValueError(SECRET)


async def _invalid_inside() -> None:
    try:
        CaseIn.model_validate({"body": SECRET, "people": SECRET})
    except ValidationError as error:
        raise RuntimeError(SECRET) from error


async def _endless() -> None:
    await asyncio.Event().wait()


FAILURES: Final[dict[str, Callable[[], Awaitable[None]]]] = {
    "decided": _decided,
    "away": _away,
    "broken": _broken,
    "invalid": _invalid_inside,
    "endless": _endless,
}


@api.post("/failures/{kind}")
async def fail(kind: str) -> None:
    await FAILURES[kind]()


@pages.get("/cases")
async def board(draw: Draw) -> Response:
    return draw("cases.html", names=["<b>전기장판</b>"])


@pages.post("/cases/{id}/notes")
async def note(id: str, form: Annotated[NoteIn, Form()], viewer: Viewer) -> CaseOut:
    return CaseOut(id=f"{form.note}×{form.times}", by=viewer.id)


@pages.post("/refusals")
async def refuse() -> None:
    await _decided()


POLICY: Final = [
    Rule("POST", "/api/sample/v1/cases", EVERYONE, "cases:write"),
    Rule("GET", "/api/sample/v1/cases", EVERYONE),
    Rule("GET", "/api/sample/v1/cases/{id}", EVERYONE),
    Rule("PUT", "/api/sample/v1/cases/{id}", "agent", "cs_manager"),
    Rule("POST", "/api/sample/v1/public/cases", PUBLIC),
    Rule("GET", "/api/sample/v1/settings", "admin"),
    Rule("POST", "/api/sample/v1/failures/{kind}", PUBLIC),
    Rule("GET", "/api/sample/v1/stream", EVERYONE),
    Rule("GET", "/sample/cases", EVERYONE),
    Rule("POST", "/sample/cases/{id}/notes", EVERYONE),
    Rule("POST", "/sample/refusals", EVERYONE),
]
