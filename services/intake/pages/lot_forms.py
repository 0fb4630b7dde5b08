"""Forms of a product's lots, for who keeps the register."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.products import ProductCode, found_product, products_of
from services.intake.domain.products.product import Lot, Product
from services.intake.domain.products.rows import RegisterCode
from services.intake.domain.products.said import LotSaid
from services.intake.handlers.products import add_lot, put_lot
from services.intake.pages.product_forms import KEEPERS, Keeper
from services.intake.presenting.products import LIST, href_of
from services.intake.schemas.products import LotOut
from shared.errors import NotFound
from shared.identity.policy import Rule

FORMS: Final = (f"{LIST}/{{code}}/lots/-new", f"{LIST}/{{code}}/lots/{{lot}}")
POLICY = [Rule(method, path, *KEEPERS) for path in FORMS for method in ("GET", "POST")]

pages = APIRouter(include_in_schema=False)


class NewLot(LotSaid):
    """A new lot."""

    lot: RegisterCode


@pages.get(FORMS[0])
async def new_lot(code: ProductCode, keeping: Keeper) -> Response:
    """The form of a new lot."""
    product = await found_product(code, keeping.request)
    return keeping.draw("lot_form.html", lot=keeping.present.lot_form(product, None))


@pages.post(FORMS[0])
async def add_new_lot(code: ProductCode, keeping: Keeper) -> Response:
    """Register a lot; one that is there already is not written over."""
    product = await found_product(code, keeping.request)

    async def then(said: NewLot, _: Any) -> None:
        plain = LotSaid(**said.model_dump(exclude={"lot"}))
        await keeping.run(add_lot, product.code, said.lot, plain, out=LotOut)

    if (form := await keeping.posted(NewLot, then)) is not None:
        return keeping.draw("lot_form.html", 422, lot=keeping.present.lot_form(product, None, form))
    return RedirectResponse(href_of(product.code), 303)


@pages.get(FORMS[1])
async def edit_lot(code: ProductCode, lot: ProductCode, keeping: Keeper) -> Response:
    """The form of a lot as it is."""
    product, found = await _lot(code, lot, keeping.request)
    return keeping.draw("lot_form.html", lot=keeping.present.lot_form(product, found))


@pages.post(FORMS[1])
async def change_lot(code: ProductCode, lot: ProductCode, keeping: Keeper) -> Response:
    """Change a lot, unless somebody else was first."""
    product, found = await _lot(code, lot, keeping.request)

    async def then(said: LotSaid, expected: Any) -> None:
        await keeping.run(put_lot, product.code, found.lot, said, expected, out=LotOut)

    if (form := await keeping.posted(LotSaid, then)) is not None:
        return keeping.draw("lot_form.html", 422, lot=keeping.present.lot_form(product, found, form))
    return RedirectResponse(href_of(product.code), 303)


async def _lot(code: str, lot: str, request: Request) -> tuple[Product, Lot]:
    product = await found_product(code, request)
    found = await products_of(request).lot(product.code, lot)
    if found is None:
        raise NotFound
    return product, found
