"""The pages about departments: the list, one of them, and closing it."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from services.sharing.api.departments import departments_of, found_department, place
from services.sharing.api.people import people_of
from services.sharing.domain.department import LEVELS, Department
from services.sharing.domain.entries import DepartmentFields, NewDepartment
from services.sharing.handlers.departments import add_department, change_department, close_department
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
from services.sharing.presenting.words import LEVELS as LEVEL_WORDS
from services.sharing.schemas.departments import DepartmentOut
from services.sharing.schemas.forms import ClosingForm, DepartmentFormIn
from services.sharing.views.people import DepartmentForm, DepartmentsView, Refusal
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.identity.principal import Principal
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.paging import PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id

PATH: Final = "/sharing/departments"
ONE: Final = f"{PATH}/{{code}}"
POLICY = [
    Rule("GET", PATH, "admin", "auditor"),
    Rule("POST", PATH, "admin"),
    Rule("GET", f"{PATH}/new", "admin"),
    Rule("GET", ONE, "admin", "auditor"),
    Rule("POST", f"{ONE}/changes", "admin"),
    Rule("POST", f"{ONE}/closings", "admin"),
]
WORDS: Final = {"levels": LEVEL_WORDS}

router = APIRouter(include_in_schema=False)


@router.get(PATH)
async def departments_page(
    request: Request, paging: PagingQuery, draw: Draw, viewer: Viewer, closed: Annotated[str, Query(max_length=5)] = ""
) -> Response:
    """Departments with who answers for them."""
    after = paging.after.text if paging.after else None
    found = await departments_of(request).page(not closed, after, paging.fetch)
    shown, following = paging.cut(found, place)
    present, kept = presenter_of(request), {"closed": closed} if closed else {}
    view = DepartmentsView(
        [present.department_row(department) for department in shown],
        bool(closed),
        paging.link(following, **kept),
        paging.path if paging.after else None,
    )
    return draw("departments.html", departments=view, may_change=administers(viewer), **WORDS)


@router.get(f"{PATH}/new")
async def new_page(draw: Draw) -> Response:
    """The form for a department that comes new."""
    return draw("department_new.html", form=DepartmentForm(), refusal=Refusal(), **WORDS)


@router.post(PATH)
async def add(request: Request, form: Annotated[DepartmentFormIn, Form()], run: Runner, draw: Draw) -> Response:
    """A department comes new."""
    language = reading(request)
    try:
        said = {**form.said(await levels_typed(form, request)), "code": form.code}
        made = await run(add_department, entry_of(NewDepartment, said, language), out=DepartmentOut)
    except NotSaid as wrong:
        return draw("department_new.html", 422, form=form.typed(), refusal=wrong.refusal, **WORDS)
    except Refused as refused:
        why = refusal_of(refused, language)
        return draw("department_new.html", refused.status, form=form.typed(), refusal=why, **WORDS)
    return RedirectResponse(f"{PATH}/{made.code}", 303)


async def levels_typed(form: DepartmentFormIn, request: Request) -> dict[str, str | None]:
    """The ids of those whom a form names."""
    people = people_of(request)
    return {level: await person_typed(getattr(form, level), people) for level in LEVELS}


@router.get(ONE)
async def department_page(code: Id, request: Request, draw: Draw, viewer: Viewer) -> Response:
    """One department."""
    return await drawn(await found_department(code, request), request, draw, viewer)


async def drawn(
    department: Department,
    request: Request,
    draw: Drawer,
    viewer: Principal,
    typed: DepartmentForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response:
    """The page, with what was typed and why it was refused."""
    others = await departments_of(request).all()
    view = presenter_of(request).department_page(department, others, administers(viewer), typed, refusal)
    return draw("department.html", status, department=view, **WORDS)


@router.post(f"{ONE}/changes")
async def change(
    code: Id, request: Request, form: Annotated[DepartmentFormIn, Form()], run: Runner, draw: Draw, viewer: Viewer
) -> Response:
    """Something about a department is other now."""
    language = reading(request)
    try:
        fields = entry_of(DepartmentFields, form.said(await levels_typed(form, request)), language)
        await run(change_department, code, fields, expecting(form.version).check, out=DepartmentOut)
    except NotSaid as wrong:
        found = await found_department(code, request)
        return await drawn(found, request, draw, viewer, form.typed(), wrong.refusal, 422)
    except Refused as refused:
        found, why = await found_department(code, request), refusal_of(refused, language)
        return await drawn(found, request, draw, viewer, form.typed(), why, refused.status)
    return RedirectResponse(f"{PATH}/{code}", 303)


@router.post(f"{ONE}/closings")
async def close(
    code: Id, request: Request, form: Annotated[ClosingForm, Form()], run: Runner, draw: Draw, viewer: Viewer
) -> Response:
    """A department is no more; another one takes over."""
    try:
        await run(close_department, code, form.successor or None, expecting(form.version).check, out=DepartmentOut)
    except Refused as refused:
        found, why = await found_department(code, request), refusal_of(refused, reading(request))
        return await drawn(found, request, draw, viewer, None, why, refused.status)
    return RedirectResponse(f"{PATH}/{code}", 303)
