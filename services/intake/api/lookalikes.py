"""Look-alikes of a complaint that is being written."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from services.intake.api.eyes import seen_by
from services.intake.domain.acceptance import Deciding
from services.intake.domain.lookalikes import Draft
from services.intake.presenting.lookalikes import reason
from services.intake.repository.complaints import Complaints
from services.intake.repository.lookalikes import Lookalikes
from services.intake.schemas.lookalikes import MOST, USUAL, LookalikeOut, LookalikesIn, LookalikesOut
from shared.identity.policy import EVERYONE, Rule
from shared.identity.principal import Principal
from shared.privacy.masking import mask
from shared.web.bodies import JsonRoute
from shared.web.gate import Viewer
from shared.web.reader import language_of
from shared.web.shapes import Id, Words

ROOT = "/api/intake/v1"
POLICY = [
    Rule("GET", f"{ROOT}/lookalikes", EVERYONE, "complaints:read"),
    Rule("POST", f"{ROOT}/lookalikes", EVERYONE, "complaints:read"),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["complaints"])


@router.get("/lookalikes")
async def lookalikes_of_words(
    request: Request,
    viewer: Viewer,
    text: Words,
    product_code: Words | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    besides: Id | None = None,
) -> LookalikesOut:
    """Complaints that are likely about the same as some words, likeliest first.

    Addresses are kept in many places: send what customers said in the body of a POST instead.
    """
    asked = LookalikesIn(text=text, product_code=product_code or None, limit=limit, besides=besides)
    return await _found(asked, request, viewer)


@router.post("/lookalikes")
async def lookalikes_of_text(asked: LookalikesIn, request: Request, viewer: Viewer) -> LookalikesOut:
    """Complaints that are likely about the same as a text, likeliest first. Nothing is stored."""
    return await _found(asked, request, viewer)


async def _found(asked: LookalikesIn, request: Request, viewer: Principal) -> LookalikesOut:
    running = request.app.state.running
    rules: Deciding = running.store.rules
    lookalikes = Lookalikes(running.search, Complaints(running.mongo), rules.lookalikes)
    draft, now = Draft(mask(asked.text), asked.product_code), running.store.clock.now()
    found = await lookalikes.of(draft, asked.limit, seen_by(request, viewer), now, besides=asked.besides or "")
    language = language_of(request.scope, running.settings.language)
    items = [LookalikeOut.of(each, reason(each.because, language)) for each in found]
    return LookalikesOut(items=items, index_percent=running.search.progress.percent)
