"""The cause's side over HTTP: sub-cases, removal, verification, decisions."""

from fastapi import APIRouter

from services.intake.api.complaints import ROOT
from services.intake.api.work import CS, Working, at
from services.intake.handlers.cause_side import (
    answer_subcase,
    disown_card,
    look_for_cause_again,
    return_subcase,
    state_removal,
    verify_card,
)
from services.intake.handlers.customer_side import reopen_customer_side
from services.intake.schemas.cards import CardChanged
from services.intake.schemas.changes import CauseIn, ReasonIn, RemovalIn, ReopeningIn, VerificationIn
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute
from shared.web.shapes import Id

DECIDES = ("cs_manager",)
POLICY = [
    Rule("POST", f"{ROOT}{at('/departments/{department}/causes')}", EVERYONE),
    Rule("POST", f"{ROOT}{at('/departments/{department}/returns')}", "agent", "cs_manager"),
    Rule("POST", f"{ROOT}{at('/removals')}", EVERYONE),
    Rule("POST", f"{ROOT}{at('/verifications')}", *DECIDES),
    Rule("POST", f"{ROOT}{at('/rulings')}", *DECIDES),
    Rule("POST", f"{ROOT}{at('/reopenings')}", *CS),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["cards"])


@router.post(at("/departments/{department}/causes"), status_code=201)
async def give_cause(department: Id, body: CauseIn, work: Working) -> CardChanged:
    """A department's cause and how it will not happen again; all three fields are needed."""
    return await work(answer_subcase, department, body.given(), body.from_which())


@router.post(at("/departments/{department}/returns"), status_code=201)
async def return_cause(department: Id, body: ReasonIn, work: Working) -> CardChanged:
    """Return what a department gave, with a reason: it owes anew."""
    return await work(return_subcase, department, body.reason)


@router.post(at("/removals"), status_code=201)
async def remove(body: RemovalIn, work: Working) -> CardChanged:
    """State what is done so that the cause goes, and from which day or lot on it is gone."""
    day = body.effective_from.isoformat() if body.effective_from else None
    return await work(state_removal, body.text, day, body.effective_lot)


@router.post(at("/verifications"), status_code=201)
async def verify(body: VerificationIn, work: Working) -> CardChanged:
    """Verify on evidence, after the quiet period, that a cause without an improvement task is gone."""
    return await work(verify_card, body.evidence, body.text)


@router.post(at("/rulings"), status_code=201)
async def rule_not_ours(body: ReasonIn, work: Working) -> CardChanged:
    """Decide that the cause is not ours."""
    return await work(disown_card, body.reason)


@router.post(at("/reopenings"), status_code=201)
async def reopen(body: ReopeningIn, work: Working) -> CardChanged:
    """Open a side again, with a reason; the cause's side is opened by a manager of the CS office."""
    handler = reopen_customer_side if body.side == "customer" else look_for_cause_again
    return await work(handler, body.reason)
