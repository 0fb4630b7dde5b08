"""Forms of the product register, for who keeps it."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.products import EDITORS, ProductCode, found_product
from services.intake.domain.products.rows import RegisterCode
from services.intake.domain.products.said import ProductSaid
from services.intake.handlers.products import add_product, put_product
from services.intake.pages.forms import Form, form_of
from services.intake.pages.looking import looking_of
from services.intake.presenting.looking import Looking
from services.intake.presenting.products import LIST, ProductPresenter, href_of
from services.intake.schemas.products import ProductOut
from services.intake.views.form import FormView
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.language.i18n import LANGUAGES
from shared.web import problem
from shared.web.etags import Expected, etag_of
from shared.web.field_errors import FieldError
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.run import Run, Runner
from shared.web.shapes import In

KEEPERS: Final = tuple(role for role in EDITORS if ":" not in role)
FORMS: Final = (f"{LIST}/-new", f"{LIST}/{{code}}/edit")
POLICY = [Rule(method, path, *KEEPERS) for path in FORMS for method in ("GET", "POST")]

S = TypeVar("S", bound=In)


class ProductTyped(ProductSaid):
    """A product in a form, where a box that is not ticked does not come."""

    active: bool = False


class NewProduct(ProductTyped):
    """A new product."""

    code: RegisterCode


@dataclass(frozen=True, slots=True)
class Keeping:
    """One request of one who keeps the register."""

    request: Request
    looking: Looking
    run: Run
    draw: Drawer

    @property
    def present(self) -> ProductPresenter:
        """Speaks to the reader."""
        return ProductPresenter(self.looking)

    async def posted(self, shape: type[S], then: Any) -> FormView | None:
        """Have what was typed done by `then(said, expected)`; the form again when it is refused, else None."""
        form = await form_of(self.request)
        language = next(known for known in LANGUAGES if known == self.looking.language)
        said, errors = form.read(shape, language)
        if said is None:
            return FormView(form.typed, errors)
        try:
            await then(said, _expected(form).check)
        except Refused as refused:
            told = problem.refused(refused, self.looking.language)
            return FormView(form.typed, told.errors or [FieldError(field="name", message=told.detail)])
        return None


async def _keeping_of(request: Request, viewer: Viewer, run: Runner, draw: Draw) -> Keeping:
    return Keeping(request, looking_of(request, viewer), run, draw)


Keeper = Annotated[Keeping, Depends(_keeping_of)]
pages = APIRouter(include_in_schema=False)


@pages.get(FORMS[0])
async def new_product(keeping: Keeper) -> Response:
    """The form of a new product."""
    return keeping.draw("product_form.html", product=keeping.present.form(None))


@pages.post(FORMS[0])
async def add(keeping: Keeper) -> Response:
    """Register a product; one that is there already is not written over."""
    added: list[str] = []

    async def then(said: NewProduct, _: Any) -> None:
        plain = ProductSaid(**said.model_dump(exclude={"code"}))
        added.append((await keeping.run(add_product, said.code, plain, out=ProductOut)).code)

    if (form := await keeping.posted(NewProduct, then)) is not None:
        return keeping.draw("product_form.html", 422, product=keeping.present.form(None, form))
    return RedirectResponse(href_of(added[0]), 303)


@pages.get(FORMS[1])
async def edit_product(code: ProductCode, keeping: Keeper) -> Response:
    """The form of a product as it is."""
    product = await found_product(code, keeping.request)
    return keeping.draw("product_form.html", product=keeping.present.form(product))


@pages.post(FORMS[1])
async def change_product(code: ProductCode, keeping: Keeper) -> Response:
    """Change a product, unless somebody else was first."""
    product = await found_product(code, keeping.request)

    async def then(said: ProductTyped, expected: Any) -> None:
        plain = ProductSaid(**said.model_dump())
        await keeping.run(put_product, product.code, plain, expected, out=ProductOut)

    if (form := await keeping.posted(ProductTyped, then)) is not None:
        return keeping.draw("product_form.html", 422, product=keeping.present.form(product, form))
    return RedirectResponse(href_of(product.code), 303)


def _expected(form: Form) -> Expected:
    """The version that the form was drawn from."""
    version = form.one("version")
    return Expected(frozenset({etag_of(version)}) if version else None)
