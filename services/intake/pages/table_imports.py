"""Files of products and figures as pages: handed in, watched, and what was refused."""

from typing import Final, get_args

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.products import EDITORS
from services.intake.api.table_imports import refused_rows, report_of
from services.intake.api.table_reading import UPLOAD, read_table, upload_of
from services.intake.domain.products.columns import TableKind
from services.intake.pages.looking import looking_of
from services.intake.presenting.table_imports import LIST, ImportPresenter
from services.intake.repository.products import TableImports
from services.intake.views.form import FormView
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.identity.principal import Principal
from shared.web import problem
from shared.web.field_errors import FieldError
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.run import Runner
from shared.web.shapes import Id, Words

KEEPERS: Final = tuple(role for role in EDITORS if ":" not in role)
POLICY = [
    Rule("GET", LIST, *KEEPERS),
    Rule("POST", f"{LIST}/of/{{kind}}", *KEEPERS),
    Rule("GET", f"{LIST}/{{id}}", *KEEPERS),
    Rule("GET", f"{LIST}/{{id}}/refused.csv", *KEEPERS),
]
LIMITS: Final = {f"{LIST}/of/{{kind}}": UPLOAD}
LAST: Final = 10
KINDS: Final[tuple[TableKind, ...]] = get_args(TableKind)

pages = APIRouter(include_in_schema=False)


@pages.get(LIST)
async def uploads(request: Request, viewer: Viewer, draw: Draw, kind: Words = "products") -> Response:
    """Where files are handed in, and what came of the last ones."""
    return await _drawn(request, viewer, draw, FormView(), kind)


async def _drawn(
    request: Request, viewer: Principal, draw: Drawer, form: FormView, kind: str, status: int = 200
) -> Response:
    last = await TableImports(request.app.state.running.mongo).latest(LAST)
    view = ImportPresenter(looking_of(request, viewer)).upload(last, form, kind if kind in KINDS else KINDS[0])
    return draw("table_imports.html", status, imports=view)


@pages.post(f"{LIST}/of/{{kind}}")
async def upload(kind: TableKind, request: Request, viewer: Viewer, run: Runner, draw: Draw) -> Response:
    """Take a file in; its report is shown, while it is being read and afterwards."""
    try:
        id = await read_table(kind, await upload_of(request), request, viewer, run)
    except Refused as refused:
        told = problem.refused(refused, looking_of(request, viewer).language)
        errors = told.errors or [FieldError(field="file", message=told.detail)]
        return await _drawn(request, viewer, draw, FormView({}, errors), kind, 422)
    return RedirectResponse(f"{LIST}/{id}", 303)


@pages.get(f"{LIST}/{{id}}")
async def report(id: Id, request: Request, viewer: Viewer, draw: Draw) -> Response:
    """A file's report."""
    table, refused = await report_of(id, request)
    view = ImportPresenter(looking_of(request, viewer)).page(table, refused)
    return draw("table_import.html", report=view)


@pages.get(f"{LIST}/{{id}}/refused.csv")
async def refused_csv(id: Id, request: Request) -> Response:
    """The refused rows as a file, to be corrected and handed in again."""
    return await refused_rows(id, request)
