"""Figures of units sold or shipped, over HTTP."""

from fastapi import APIRouter, Request

from services.intake.api.products import EDITORS, products_of
from services.intake.domain.products.product import key_of
from services.intake.domain.products.said import Figure
from services.intake.handlers.products import put_exposures, source_of
from services.intake.schemas.products import ExposureOut, ExposuresIn, ExposuresOut
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute
from shared.web.gate import Viewer
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Words

ROOT = "/api/intake/v1"
POLICY = [
    Rule("GET", f"{ROOT}/exposures", EVERYONE, "products:read", "complaints:read"),
    Rule("POST", f"{ROOT}/exposures", *EDITORS),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["products"])


@router.get("/exposures")
async def list_exposures(request: Request, paging: PagingQuery, product_code: Words | None = None) -> Page[ExposureOut]:
    """Figures, the newest period first."""
    after = (paging.after.text, paging.after.id) if paging.after else None
    product = key_of(product_code) if product_code else None
    found = await products_of(request).exposures(product, after, paging.fetch)
    shown, following = paging.cut(found, lambda figure: Cursor(figure.starts_on, figure.id))
    return Page(items=[ExposureOut.of(figure) for figure in shown], next=following)


@router.post("/exposures")
async def write_exposures(said: ExposuresIn, viewer: Viewer, run: Runner) -> ExposuresOut:
    """Take figures in, all or none. A figure for the same product, lot, measure and period takes the older one's place;
    the same again changes nothing."""
    source = source_of(viewer)
    figures = tuple(Figure(**dict(figure), source=source) for figure in said.figures)
    return await run(put_exposures, figures, out=ExposuresOut)
