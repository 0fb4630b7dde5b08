"""Intake over HTTP: in, handler, view out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator, AwareDatetime

from services.intake.api.eyes import seen_by
from services.intake.domain.complaint import Complaint
from services.intake.domain.filing import Filing
from services.intake.domain.persons import within_reach
from services.intake.domain.sight import is_kept_back
from services.intake.handlers.filing import file_complaint
from services.intake.repository.complaints import Complaints
from services.intake.repository.finding import Finding
from services.intake.repository.listing import Listing
from services.intake.schemas.complaints import ComplaintFiled
from services.intake.schemas.found import FoundComplaint, FoundPage
from shared.contracts.card import CauseState, CustomerState
from shared.contracts.complaint import Severity
from shared.errors import NotFound
from shared.identity.policy import EVERYONE, Rule
from shared.identity.principal import Principal
from shared.search.question import read_question
from shared.web.bodies import JsonRoute, created
from shared.web.gate import Viewer
from shared.web.paging import Cursor, Paging, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id, Words

ROOT = "/api/intake/v1"
TELLING = {"product_code", "issue"}
"""Filters that say of each complaint they find what its card may keep back."""
POLICY = [
    Rule("POST", f"{ROOT}/complaints", EVERYONE, "complaints:write"),
    Rule("GET", f"{ROOT}/complaints", EVERYONE, "complaints:read"),
]

Reachable = Annotated[AwareDatetime, AfterValidator(within_reach)]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["complaints"])


def complaints_of(request: Request) -> Complaints:
    """The queries, on this process's database."""
    return Complaints(request.app.state.running.mongo)


def finding_of(request: Request) -> Finding:
    """The search, on this process's index."""
    running = request.app.state.running
    return Finding(running.search, complaints_of(request))


@router.post("/complaints", status_code=201, response_model=ComplaintFiled)
async def file(filing: Filing, run: Runner) -> Response:
    """File a complaint. 201 once it is durable with its events; send an `Idempotency-Key` to be able to repeat it."""
    filed = await run(file_complaint, filing, out=ComplaintFiled)
    return created(filed, f"{ROOT}/complaints/{filed.id}")


@router.get("/complaints")
async def list_complaints(
    request: Request,
    viewer: Viewer,
    paging: PagingQuery,
    category: Words | None = None,
    severity: Severity | None = None,
    product_code: Annotated[Words | None, Query()] = None,
    channel: Words | None = None,
    state: CustomerState | None = None,
    cause_state: CauseState | None = None,
    department: Annotated[Id | None, Query(description="A department that has something to do")] = None,
    assignee: Annotated[Id | None, Query(description="A person who has it in hand; `me` is you")] = None,
    issue: Annotated[Id | None, Query(description="The id of an issue")] = None,
    open: Annotated[Literal["true", "false"] | None, Query(description="Only open cards, or only closed ones")] = None,
    due_before: Annotated[Reachable | None, Query(description="Open ones, by the end of their next clock")] = None,
    q: Annotated[Words, Query(description="Words, a phrase in quotation marks, a number; `-` takes a word out")] = "",
) -> FoundPage:
    """Complaints, newest first; with `q` those in which all of it stands, and where."""
    wanted = {
        "category": category, "severity": severity, "product_code": product_code, "channel": channel, "state": state,
        "cause_state": cause_state, "department": department, "issue": issue, "open": open,
        "assignee": viewer.id if assignee == "me" else assignee,
    }  # fmt: skip
    filters = {name: value for name, value in wanted.items() if value is not None}
    if q:
        return await _searched(q, filters, request, viewer, paging)
    listing = Listing(complaints_of(request), request.app.state.running.memory.whole)
    if due_before:
        found = await listing.due(due_before, filters, behind(paging.after), paging.fetch)
    else:
        found = await listing.newest(filters, behind(paging.after), paging.fetch)
    shown, following = paging.cut(found, due_place if due_before else place)
    rows = map(seen_by(request, viewer), shown)
    return FoundPage(items=[FoundComplaint.of(row) for row in rows if _may_show(row, filters)], next=following)


async def _searched(
    typed: str, filters: dict[str, str], request: Request, viewer: Principal, paging: Paging
) -> FoundPage:
    after = (paging.after.number, paging.after.id) if paging.after else None
    found = await finding_of(request).page(typed, filters, after, paging.fetch, seen_by(request, viewer))
    shown, following = paging.cut(found, lambda each: Cursor(each.place, each.complaint.id))
    question = read_question(typed)
    rows = (each.complaint for each in shown)
    items = [FoundComplaint.answering(row, question) for row in rows if _may_show(row, filters)]
    percent = request.app.state.running.search.progress.percent
    return FoundPage(items=items, next=following, index_percent=percent)


def _may_show(seen: Complaint, filters: Mapping[str, str]) -> bool:
    """A filter tells nothing of a complaint that is kept back from the reader."""
    return not (filters.keys() & TELLING and is_kept_back(seen))


async def found_complaint(complaint_id: str, request: Request) -> Complaint:
    """The complaint; raises `NotFound`."""
    complaint = await complaints_of(request).one(complaint_id)
    if complaint is None:
        raise NotFound
    return complaint


def place(complaint: Complaint) -> Cursor:
    """Where a complaint stands in the list."""
    return Cursor(int(complaint.filed_at.timestamp() * 1000), complaint.id)


def due_place(complaint: Complaint) -> Cursor:
    """Where a complaint stands in the list of those that are due."""
    return Cursor(int((complaint.due_at or complaint.filed_at).timestamp() * 1000), complaint.id)


def behind(cursor: Cursor | None) -> tuple[datetime, str] | None:
    """The place that a cursor names."""
    return (cursor.moment, cursor.id) if cursor else None
