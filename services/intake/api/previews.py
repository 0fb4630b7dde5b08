"""What would be decided about a complaint that is being written."""

from fastapi import APIRouter, Request

from services.intake.domain.acceptance import Deciding, weigh
from services.intake.domain.filing import Filing
from services.intake.domain.products.registered import Registered
from services.intake.repository.products import Products
from services.intake.schemas.previews import PreviewOut
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute

ROOT = "/api/intake/v1"
POLICY = [Rule("POST", f"{ROOT}/previews", EVERYONE, "complaints:write")]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["complaints"])


@router.post("/previews")
async def preview(filing: Filing, request: Request) -> PreviewOut:
    """Category, hazards, severity and departments that the rules would choose, with reasons. Nothing is stored."""
    store = request.app.state.running.store
    rules: Deciding = store.rules
    code = filing.product.code
    known = Registered.of(await Products(store.mongo).one(code)) if code else None
    decided = weigh(filing, rules, store.directory.organisation, known)
    return PreviewOut.of(decided, rules.category_names[decided.category])
