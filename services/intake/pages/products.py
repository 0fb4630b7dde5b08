"""The product register as pages: the list, and one product."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from services.intake.api.products import ProductCode, found_product, page_of, products_of
from services.intake.pages.looking import looking_of
from services.intake.presenting.products import LIST, ProductPresenter
from services.intake.views.products import ProductList
from shared.identity.policy import EVERYONE, Rule
from shared.search.question import Question, read_question
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.paging import PagingQuery
from shared.web.shapes import Words

POLICY = [Rule("GET", LIST, EVERYONE), Rule("GET", f"{LIST}/{{code}}", EVERYONE)]
MOST = 60
"""Lots and figures on a product's page."""

pages = APIRouter(include_in_schema=False)


@pages.get(LIST)
async def product_list(
    request: Request, viewer: Viewer, paging: PagingQuery, draw: Draw, q: Words = "", line: Words = ""
) -> Response:
    """All products by code, or those that are searched for."""
    present = ProductPresenter(looking_of(request, viewer))
    shown, following = await page_of(request, paging, q, {"line": line} if line else {})
    kept = {name: value for name, value in {"q": q, "line": line}.items() if value}
    question = read_question(q) if q else Question()
    view = ProductList(
        rows=[present.row(product, question) for product in shown],
        typed=q,
        line=line,
        lines=list(present.lines.items()),
        percent=request.app.state.running.search.progress.percent if q else 100,
        may_edit=present.may_edit,
        next=paging.link(following, **kept),
        first=f"{LIST}?{urlencode(kept)}" if paging.after else None,
    )
    return draw("products.html", products=view)


@pages.get(f"{LIST}/{{code}}")
async def product_page(code: ProductCode, request: Request, viewer: Viewer, draw: Draw) -> Response:
    """One product with its lots, its figures, and the way to its complaints."""
    product, products = await found_product(code, request), products_of(request)
    lots = await products.lots(product.id, None, MOST + 1)
    figures = await products.exposures(product.id, None, MOST + 1)
    view = ProductPresenter(looking_of(request, viewer)).page(product, lots, figures, MOST)
    return draw("product.html", product=view)
