"""The product register over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response

from services.intake.api.limited import at_most
from services.intake.domain.products.product import Product
from services.intake.domain.products.said import LotSaid, ProductSaid
from services.intake.handlers.products import put_lot, put_product
from services.intake.repository.product_finding import ProductFinding
from services.intake.repository.products import Products
from services.intake.schemas.products import LotOut, ProductChoice, ProductOut
from shared.contracts.product import CODE_PATTERN
from shared.errors import NotFound
from shared.identity.policy import EVERYONE, PUBLIC, Rule
from shared.web.bodies import JsonRoute
from shared.web.etags import IfMatch, mark_version
from shared.web.paging import Cursor, Page, Paging, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Words

ROOT = "/api/intake/v1"
EDITORS: Final = ("cs_manager", "dept_manager", "admin", "products:write")
POLICY = [
    Rule("GET", f"{ROOT}/products", EVERYONE, "products:read", "complaints:read"),
    Rule("GET", f"{ROOT}/products/{{code}}", EVERYONE, "products:read", "complaints:read"),
    Rule("PUT", f"{ROOT}/products/{{code}}", *EDITORS),
    Rule("GET", f"{ROOT}/products/{{code}}/lots", EVERYONE, "products:read", "complaints:read"),
    Rule("PUT", f"{ROOT}/products/{{code}}/lots/{{lot}}", *EDITORS),
    Rule("GET", f"{ROOT}/public/products", PUBLIC),
]
MOST_CHOICES = 20
ProductCode = Annotated[str, Path(pattern=CODE_PATTERN)]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["products"])


def products_of(request: Request) -> Products:
    """The queries, on this process's database."""
    return Products(request.app.state.running.mongo)


@router.get("/products")
async def list_products(
    request: Request,
    paging: PagingQuery,
    q: Annotated[Words, Query(description="The beginning or any part of a code or name")] = "",
    line: Words | None = None,
    active: bool | None = None,
) -> Page[ProductOut]:
    """Products by code; with `q` the best matches first."""
    filters = {name: value for name, value in {"line": line, "active": active}.items() if value is not None}
    shown, following = await page_of(request, paging, q, filters)
    return Page(items=[ProductOut.of(product) for product in shown], next=following)


async def page_of(
    request: Request, paging: Paging, typed: str, filters: dict[str, Any]
) -> tuple[Sequence[Product], str | None]:
    """Products of one page, and the cursor of the next; found ones are counted, others follow their code."""
    products = products_of(request)
    if not typed:
        found = await products.page(filters, paging.after.id if paging.after else None, paging.fetch)
        return paging.cut(found, lambda product: Cursor("", product.id))
    start = max(0, paging.after.number) if paging.after and paging.after.key else 0
    marks = {name: str(value).lower() if isinstance(value, bool) else value for name, value in filters.items()}
    finding = ProductFinding(request.app.state.running.search, products)
    found = await finding.page(typed, marks, start, paging.fetch)
    return paging.cut(found, lambda product: Cursor(start + paging.limit, product.id))


@router.get("/products/{code}")
async def read_product(code: ProductCode, request: Request, response: Response) -> ProductOut:
    """One product by its code, whatever its case."""
    product = await found_product(code, request)
    mark_version(request, response, product.version)
    return ProductOut.of(product)


async def found_product(code: str, request: Request) -> Product:
    """The product; raises `NotFound`."""
    product = await products_of(request).one(code)
    if product is None:
        raise NotFound
    return product


@router.put("/products/{code}")
async def write_product(code: ProductCode, said: ProductSaid, run: Runner, expected: IfMatch) -> ProductOut:
    """Register a product, or change it. The same again changes nothing; `If-Match` refuses to write over others."""
    return await run(put_product, code, said, expected.check, out=ProductOut)


@router.get("/products/{code}/lots")
async def list_lots(code: ProductCode, request: Request, paging: PagingQuery) -> Page[LotOut]:
    """Lots of a product, the newest first."""
    product = await found_product(code, request)
    after = (paging.after.text, paging.after.id) if paging.after else None
    found = await products_of(request).lots(product.id, after, paging.fetch)
    shown, following = paging.cut(found, lambda lot: Cursor(lot.made_on or "", lot.id))
    return Page(items=[LotOut.of(lot) for lot in shown], next=following)


@router.put("/products/{code}/lots/{lot}")
async def write_lot(code: ProductCode, lot: ProductCode, said: LotSaid, run: Runner, expected: IfMatch) -> LotOut:
    """Register a lot of a product, or change it. The same again changes nothing."""
    return await run(put_lot, code, lot, said, expected.check, out=LotOut)


@router.get("/public/products", dependencies=[at_most("page")])
async def choices(
    request: Request, q: Words, limit: Annotated[int, Query(ge=1, le=MOST_CHOICES)] = 8
) -> list[ProductChoice]:
    """Products on sale that anybody may choose from, best matches first."""
    finding = ProductFinding(request.app.state.running.search, products_of(request))
    return [ProductChoice.of(product) for product in await finding.page(q, {"active": "true"}, 0, limit)]
