"""Intake over HTTP: in, handler, view out."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing
from services.intake.handlers.filing import file_complaint
from services.intake.repository.complaints import Complaints
from services.intake.schemas.complaints import ComplaintFiled, ComplaintOut
from shared.contracts.complaint import Severity
from shared.errors import NotFound
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute, created
from shared.web.etags import mark_version
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id, Words

ROOT = "/api/intake/v1"
POLICY = [
    Rule("POST", f"{ROOT}/complaints", EVERYONE, "complaints:write"),
    Rule("GET", f"{ROOT}/complaints", EVERYONE, "complaints:read"),
    Rule("GET", f"{ROOT}/complaints/{{complaint_id}}", EVERYONE, "complaints:read"),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["complaints"])


def complaints_of(request: Request) -> Complaints:
    """The queries, on this process's database."""
    return Complaints(request.app.state.running.mongo)


@router.post("/complaints", status_code=201, response_model=ComplaintFiled)
async def file(filing: Filing, run: Runner) -> Response:
    """File a complaint. 201 once it is durable with its events; send an `Idempotency-Key` to be able to repeat it."""
    filed = await run(file_complaint, filing, out=ComplaintFiled)
    return created(filed, f"{ROOT}/complaints/{filed.id}")


@router.get("/complaints")
async def list_complaints(
    request: Request,
    paging: PagingQuery,
    category: Words | None = None,
    severity: Severity | None = None,
    product_code: Annotated[Words | None, Query()] = None,
) -> Page[ComplaintOut]:
    """Complaints, newest first."""
    wanted = {"category": category, "severity": severity, "product_code": product_code}
    filters = {name: value for name, value in wanted.items() if value is not None}
    found = await complaints_of(request).page(filters, behind(paging.after), paging.fetch)
    shown, following = paging.cut(found, place)
    return Page(items=[ComplaintOut.of(complaint) for complaint in shown], next=following)


@router.get("/complaints/{complaint_id}")
async def read_complaint(complaint_id: Id, request: Request, response: Response) -> ComplaintOut:
    """One complaint by id or number."""
    complaint = await found_complaint(complaint_id, request)
    mark_version(request, response, complaint.version)
    return ComplaintOut.of(complaint)


async def found_complaint(complaint_id: str, request: Request) -> Complaint:
    """The complaint; raises `NotFound`."""
    complaint = await complaints_of(request).one(complaint_id)
    if complaint is None:
        raise NotFound
    return complaint


def place(complaint: Complaint) -> Cursor:
    """Where a complaint stands in the list."""
    return Cursor(int(complaint.filed_at.timestamp() * 1000), complaint.id)


def behind(cursor: Cursor | None) -> tuple[datetime, str] | None:
    """The place that a cursor names."""
    return (datetime.fromtimestamp(int(cursor.key) / 1000, UTC), cursor.id) if cursor else None
