"""Who works on a card, over HTTP: assigned, handed over, called on, taken in hand, corrected."""

import asyncio

from fastapi import APIRouter, Request

from services.intake.api.complaints import ROOT
from services.intake.api.work import CS, Working, at
from services.intake.handlers.assigning import (
    acknowledge_card,
    assign_owner,
    assign_within,
    call_on_departments,
    override_decision,
)
from services.intake.schemas.cards import BulkOut, CardChanged, OutcomeOut
from services.intake.schemas.changes import (
    AcknowledgementIn,
    BulkIn,
    DepartmentsIn,
    HandOverIn,
    OverrideIn,
    OwnerIn,
)
from shared.errors import Refused, Unavailable
from shared.identity.policy import EVERYONE, Rule
from shared.web import problem
from shared.web.bodies import JsonRoute
from shared.web.reader import language_of
from shared.web.run import Run, Runner
from shared.web.shapes import Id

POLICY = [
    Rule("POST", f"{ROOT}/complaints/assignments", *CS),
    Rule("POST", f"{ROOT}{at('/assignments')}", *CS),
    Rule("POST", f"{ROOT}{at('/departments')}", *CS),
    Rule("POST", f"{ROOT}{at('/departments/{department}/assignments')}", EVERYONE),
    Rule("POST", f"{ROOT}{at('/acknowledgements')}", EVERYONE),
    Rule("POST", f"{ROOT}{at('/overrides')}", *CS),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["cards"])


@router.post("/complaints/assignments")
async def assign_many(body: BulkIn, request: Request, run: Runner) -> BulkOut:
    """Say who answers up to 200 complaints; each is assigned or refused by itself."""
    language = language_of(request.scope, request.app.state.running.settings.language)
    ids = list(dict.fromkeys(body.ids))
    return BulkOut(outcomes=list(await asyncio.gather(*(_one(id, body.owner, run, language) for id in ids))))


async def _one(id: str, owner: str, run: Run, language: str) -> OutcomeOut:
    try:
        return OutcomeOut(id=id, card=await run.keyed(None)(assign_owner, id, owner, None, out=CardChanged))
    except Refused as refused:
        return OutcomeOut(id=id, problem=problem.refused(refused, language).model_dump())
    except Unavailable as away:
        return OutcomeOut(id=id, problem=problem.unavailable(away, language).model_dump())


@router.post(at("/assignments"), status_code=201)
async def assign(body: OwnerIn, work: Working) -> CardChanged:
    """Say who answers the customer."""
    return await work(assign_owner, body.owner, body.from_which())


@router.post(at("/departments"), status_code=201)
async def call_on(body: DepartmentsIn, work: Working) -> CardChanged:
    """Call on departments for the cause, or let them go, with a reason."""
    return await work(call_on_departments, body.add, body.remove, body.reason)


@router.post(at("/departments/{department}/assignments"), status_code=201)
async def hand_over(department: Id, body: HandOverIn, work: Working) -> CardChanged:
    """Hand the work of a department to another of its people, or to the deputy of one."""
    return await work(assign_within, department, body.assignee, body.reason, body.from_which())


@router.post(at("/acknowledgements"), status_code=201)
async def acknowledge(work: Working, body: AcknowledgementIn | None = None) -> CardChanged:
    """Take it in hand."""
    return await work(acknowledge_card, body.department if body else None)


@router.post(at("/overrides"), status_code=201)
async def override(body: OverrideIn, work: Working) -> CardChanged:
    """Correct what the machine decided or the customer filed, with a reason."""
    return await work(override_decision, body.wanted(), body.reason, body.from_which())
