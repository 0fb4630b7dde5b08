"""The pages of the directory import: upload, the report of what it would do, then apply."""

import csv
import io
from collections.abc import AsyncIterator
from tempfile import SpooledTemporaryFile
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from services.sharing.api.checking import Asked, check, codes_of, from_file
from services.sharing.api.imports import IN_MEMORY, behind, found_import, imports_of, place, rows_of
from services.sharing.domain.importing.rows import Kind
from services.sharing.handlers.imports import apply_import
from services.sharing.pages.typed import presenter_of, refusal_of
from services.sharing.presenting.imports import import_view, rows_view
from services.sharing.presenting.sign_in import reading
from services.sharing.presenting.words import OUTCOMES, STATES
from services.sharing.schemas.imports import ImportOut
from services.sharing.views.imports import ImportForm, ImportPart
from services.sharing.views.people import Refusal
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.language.i18n import _
from shared.web.multipart import parts_of
from shared.web.pages import Draw, Drawer
from shared.web.paging import Cursor, Paging, PagingQuery, read_cursor, write_cursor
from shared.web.run import Run, Runner
from shared.web.shapes import Id

PATH: Final = "/sharing/imports"
ONE: Final = f"{PATH}/{{import_id}}"
POLICY = [
    Rule("GET", PATH, "admin"),
    Rule("POST", PATH, "admin"),
    Rule("GET", ONE, "admin"),
    Rule("GET", f"{ONE}/refused.csv", "admin"),
    Rule("POST", f"{ONE}/applications", "admin"),
]
KINDS: Final[tuple[Kind, ...]] = ("people", "departments")
SHOWN: Final = 100
WORDS: Final = {"outcomes": OUTCOMES, "states_of_import": STATES}
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

router = APIRouter(include_in_schema=False)


class NoFile(Refused):
    """The form came without a file."""

    text = _("Choose a file first.")


@router.get(PATH)
async def imports_page(request: Request, paging: PagingQuery, draw: Draw) -> Response:
    """The upload, and the imports of the last 30 days."""
    return await drawn(request, paging, draw, ImportForm(), Refusal())


async def drawn(
    request: Request, paging: Paging, draw: Drawer, typed: ImportForm, refusal: Refusal, status: int = 200
) -> Response:
    """The page, with what was chosen and why a file was refused."""
    found = await imports_of(request).page(behind(paging.after), paging.fetch)
    shown, following = paging.cut(found, place)
    present = presenter_of(request)
    rows = [import_view(imported, present) for imported in shown]
    first = paging.path if paging.after else None
    pager = {"next": paging.link(following), "first": first}
    return draw("imports.html", status, imports=rows, typed=typed, refusal=refusal, **pager, **WORDS)


@router.post(PATH)
async def upload(request: Request, paging: PagingQuery, run: Runner, draw: Draw) -> Response:
    """Check a file. Nothing changes before it is applied."""
    typed = ImportForm()
    try:
        checked = await checked_upload(request, typed, run.keyed(None))
    except Refused as refused:
        return await drawn(request, paging, draw, typed, refusal_of(refused, reading(request)), refused.status)
    return RedirectResponse(f"{PATH}/{checked.id}", 303)


async def checked_upload(request: Request, typed: ImportForm, run: Run) -> ImportOut:
    """The check of the file in a form, which is `typed` as it comes. Raises `NoFile` and what `check` raises."""
    name = ""
    running = request.app.state.running
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        async for part in parts_of(request):
            if part.filename is None:
                typed.mark_left |= part.name == "mark_left"
                typed.kind = await part.text() if part.name == "kind" else typed.kind
                continue
            name = part.filename
            async for piece in part.pieces():
                file.write(piece)
        if not name or not file.tell():
            raise NoFile("file")
        kind = next((kind for kind in KINDS if kind == typed.kind), KINDS[0])
        rules, codes = running.store.rules.directory, await codes_of(running.mongo)
        asked = Asked(name.rpartition("/")[2][:120], [kind], typed.mark_left)
        return await check(asked, from_file(file, name, kind, rules, codes), running.mongo, run)


@router.get(ONE)
async def import_page(
    import_id: Id,
    request: Request,
    draw: Draw,
    changes: Annotated[str | None, Query(max_length=200)] = None,
    refused: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """The report: how many came to what, which rows change something, which were refused and why."""
    imported = await found_import(import_id, request)
    view = import_view(imported, presenter_of(request))
    first = f"{PATH}/{import_id}" if changes or refused else None
    parts = {"changes": await part(request, import_id, "changes", changes)}
    parts["refused"] = await part(request, import_id, "refused", refused)
    return draw("import.html", report=view, parts=parts, first=first, **WORDS)


async def part(request: Request, import_id: str, what: str, cursor: str | None) -> ImportPart:
    """Some rows of a report, and the address of the next ones."""
    path = f"{PATH}/{import_id}"
    found = await rows_of(
        imports_of(request), import_id, what, read_cursor(cursor, path) if cursor else None, SHOWN + 1
    )
    rows = rows_view([row for _number, _place, row in found[:SHOWN]], reading(request))
    if len(found) <= SHOWN:
        return ImportPart(rows, None)
    number, seen, _row = found[SHOWN - 1]
    return ImportPart(rows, f"{path}?{what}={write_cursor(Cursor(number, seen), path)}")


@router.get(f"{ONE}/refused.csv")
async def refused_rows(import_id: Id, request: Request) -> Response:
    """The refused rows as a file: number, id, field, reason."""
    imported, language = await found_import(import_id, request), reading(request)
    headers = {"Content-Disposition": f'attachment; filename="refused-{imported.id[:8]}.csv"'}
    return StreamingResponse(
        _lines(request, import_id, language), headers=headers, media_type="text/csv; charset=utf-8"
    )


async def _lines(request: Request, import_id: str, language: str) -> AsyncIterator[str]:
    """Lines that a spreadsheet shows as text: nothing in them is a formula."""
    yield "\ufeffrow,id,field,reason\r\n"
    after: Cursor | None = None
    while found := await rows_of(imports_of(request), import_id, "refused", after, 500):
        after = Cursor(found[-1][0], found[-1][1])
        text = io.StringIO()
        for row in rows_view([row for _number, _place, row in found], language):
            for field, reason in row.problems:
                csv.writer(text).writerow([row.row, *map(_plain, (row.id, field, reason))])
        yield text.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


@router.post(f"{ONE}/applications")
async def apply(import_id: Id, request: Request, run: Runner) -> Response:
    """Do what the report says."""
    await run(apply_import, import_id, out=ImportOut)
    return RedirectResponse(f"{PATH}/{import_id}", 303)
