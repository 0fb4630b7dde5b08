"""Files of products and figures over HTTP."""

import csv
import io

from fastapi import APIRouter, Request, Response

from services.intake.api.products import EDITORS
from services.intake.api.table_reading import UPLOAD, read_table, upload_of
from services.intake.domain.products.columns import TableKind
from services.intake.domain.products.table_import import RefusedRow, TableImport
from services.intake.presenting.table_imports import reason_of
from services.intake.repository.products import TableImports
from services.intake.schemas.table_imports import TableImportOut
from shared.errors import NotFound
from shared.identity.policy import Rule
from shared.identity.principal import Principal
from shared.language.i18n import _, translate
from shared.web.bodies import JsonRoute
from shared.web.gate import Viewer
from shared.web.reader import language_of
from shared.web.run import Run, Runner
from shared.web.shapes import Id

ROOT = "/api/intake/v1"
POLICY = [
    Rule("POST", f"{ROOT}/product-imports", *EDITORS),
    Rule("POST", f"{ROOT}/exposure-imports", *EDITORS),
    Rule("GET", f"{ROOT}/table-imports/{{id}}", *EDITORS),
    Rule("GET", f"{ROOT}/table-imports/{{id}}/refused.csv", *EDITORS),
]
LIMITS = dict.fromkeys((f"{ROOT}/product-imports", f"{ROOT}/exposure-imports"), UPLOAD)
ROW, REASON = _("Row"), _("What is wrong")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["products"])


@router.post("/product-imports", status_code=201)
async def import_products(request: Request, response: Response, viewer: Viewer, run: Runner) -> TableImportOut:
    """Take products and lots from a CSV or XLSX file (`multipart/form-data`: `file`, `dry_run`).

    Each row is taken or refused for itself; the same file again changes nothing. A long file goes on after the answer:
    ask for the report until its `state` is no longer `running`. What it counts is kept; `cut_off` says that the system
    stopped before the end, and that the file has to be sent again.
    """
    return await _imported("products", request, response, viewer, run)


@router.post("/exposure-imports", status_code=201)
async def import_exposures(request: Request, response: Response, viewer: Viewer, run: Runner) -> TableImportOut:
    """Take units sold or shipped from a CSV or XLSX file, as with products."""
    return await _imported("exposures", request, response, viewer, run)


async def _imported(
    kind: TableKind, request: Request, response: Response, viewer: Principal, run: Run
) -> TableImportOut:
    id = await read_table(kind, await upload_of(request), request, viewer, run)
    response.headers["Location"] = f"{ROOT}/table-imports/{id}"
    return await read_import(id, request)


@router.get("/table-imports/{id}")
async def read_import(id: Id, request: Request) -> TableImportOut:
    """A file's report: how far it is, what came of its rows, and the first 1,000 that were refused."""
    table, refused = await report_of(id, request)
    running = request.app.state.running
    language = language_of(request.scope, running.settings.language)
    trouble = translate(table.trouble, language, **table.trouble_inputs) if table.trouble else None
    reasons = [reason_of(row, language) for row in refused]
    return TableImportOut.of(table, refused, running.store.clock.now(), trouble, reasons)


@router.get("/table-imports/{id}/refused.csv")
async def refused_rows(id: Id, request: Request) -> Response:
    """The refused rows as CSV, with what is wrong: to be corrected and sent again."""
    table, refused = await report_of(id, request)
    language = language_of(request.scope, request.app.state.running.settings.language)
    headers = {"Content-Disposition": f'attachment; filename="refused-{table.kind}-{table.id[:8]}.csv"'}
    return Response(written(refused, language), media_type="text/csv; charset=utf-8", headers=headers)


async def report_of(id: str, request: Request) -> tuple[TableImport, list[RefusedRow]]:
    """A file's report with its refused rows; raises `NotFound`."""
    imports = TableImports(request.app.state.running.mongo)
    table = await imports.one(id)
    if table is None:
        raise NotFound
    return table, await imports.refused(id) if table.refused else []


def written(refused: list[RefusedRow], language: str) -> bytes:
    """Rows as a CSV file that spreadsheets open, with nothing in it that they would calculate."""
    columns = list(dict.fromkeys(column for row in refused for column in row.cells))
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow([*columns, translate(ROW, language), translate(REASON, language)])
    for row in refused:
        cells = [_harmless(row.cells.get(column, "")) for column in columns]
        out.writerow([*cells, row.number, _harmless(reason_of(row, language))])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
