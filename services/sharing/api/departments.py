"""Departments over HTTP: in, handler, view out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.sharing.api.people import READERS, ROOT, WRITERS
from services.sharing.domain.department import Department
from services.sharing.domain.entries import DepartmentFields, NewDepartment
from services.sharing.handlers.departments import add_department, change_department, close_department
from services.sharing.repository.departments import Departments
from services.sharing.schemas.departments import ClosingIn, DepartmentOut
from shared.errors import NotFound
from shared.identity.policy import Rule
from shared.web.bodies import JsonRoute, created
from shared.web.etags import IfMatch, mark_version
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id

POLICY = [
    Rule("GET", f"{ROOT}/departments", *READERS),
    Rule("POST", f"{ROOT}/departments", *WRITERS),
    Rule("GET", f"{ROOT}/departments/{{code}}", *READERS),
    Rule("PATCH", f"{ROOT}/departments/{{code}}", *WRITERS),
    Rule("POST", f"{ROOT}/departments/{{code}}/closings", *WRITERS),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["departments"])


def departments_of(request: Request) -> Departments:
    """The queries, on this process's database."""
    return Departments(request.app.state.running.mongo)


async def found_department(code: str, request: Request) -> Department:
    """The department; raises `NotFound`."""
    department = await departments_of(request).one(code)
    if department is None:
        raise NotFound
    return department


def place(department: Department) -> Cursor:
    """Where a department stands in the list."""
    return Cursor(department.code, department.id)


@router.get("/departments")
async def list_departments(
    request: Request, paging: PagingQuery, closed: Annotated[bool, Query(description="Closed ones instead")] = False
) -> Page[DepartmentOut]:
    """Departments by code."""
    after = paging.after.text if paging.after else None
    found = await departments_of(request).page(not closed, after, paging.fetch)
    shown, following = paging.cut(found, place)
    return Page(items=[DepartmentOut.of(department) for department in shown], next=following)


@router.post("/departments", status_code=201, response_model=DepartmentOut)
async def add(body: NewDepartment, run: Runner) -> Response:
    """A department comes new."""
    department = await run(add_department, body, out=DepartmentOut)
    return created(department, f"{ROOT}/departments/{department.code}")


@router.get("/departments/{code}")
async def read(code: Id, request: Request, response: Response) -> DepartmentOut:
    """One department."""
    department = await found_department(code, request)
    mark_version(request, response, department.version)
    return DepartmentOut.of(department)


@router.patch("/departments/{code}")
async def change(code: Id, body: DepartmentFields, run: Runner, expected: IfMatch) -> DepartmentOut:
    """Change the fields that are named; `null` empties a level."""
    return await run(change_department, code, body, expected.check, out=DepartmentOut)


@router.post("/departments/{code}/closings", status_code=201)
async def close(code: Id, body: ClosingIn, run: Runner, expected: IfMatch) -> DepartmentOut:
    """Close a department in which nobody works any more; its successor takes over what it owes."""
    return await run(close_department, code, body.successor, expected.check, out=DepartmentOut)
