"""Directory imports over HTTP: a file or a list in, a report out, applied now or later."""

from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response

from services.sharing.api.checking import Asked, check, codes_of, from_entries, from_file
from services.sharing.api.people import READERS, ROOT, WRITERS
from services.sharing.domain.importing.report import DirectoryImport, PlannedRow
from services.sharing.domain.importing.rows import Kind
from services.sharing.handlers.imports import apply_import
from services.sharing.repository.imports import Imports
from services.sharing.schemas.imports import DirectoryIn, ImportOut, RowOut
from shared.errors import NotFound
from shared.files.limits import Limits
from shared.identity.policy import Rule
from shared.web.bodies import JsonRoute, created, parse
from shared.web.limits import Limit
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.reader import language_of
from shared.web.refusals import UnknownCursor
from shared.web.run import Run, Runner
from shared.web.shapes import Id, Words

POLICY = [
    Rule("GET", f"{ROOT}/directory-imports", *READERS),
    Rule("POST", f"{ROOT}/directory-imports", *WRITERS),
    Rule("GET", f"{ROOT}/directory-imports/{{import_id}}", *READERS),
    Rule("GET", f"{ROOT}/directory-imports/{{import_id}}/rows", *READERS),
    Rule("POST", f"{ROOT}/directory-imports/{{import_id}}/applications", *WRITERS),
]
IN_MEMORY: Final = 4 * 1024**2
UPLOAD: Final = Limit(body=Limits().bytes + 64 * 1024, seconds=120)
"""Reading and checking 100,000 rows of a workbook takes its time."""
LIMITS: Final = {f"{ROOT}/directory-imports": UPLOAD, "/sharing/imports": UPLOAD}
BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": DirectoryIn.model_json_schema()},
            "text/csv": {"schema": {"type": "string"}},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                "schema": {"type": "string", "format": "binary"}
            },
        },
    }
}

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["directory imports"])


def imports_of(request: Request) -> Imports:
    """The queries, on this process's database."""
    return Imports(request.app.state.running.mongo)


async def found_import(import_id: str, request: Request) -> DirectoryImport:
    """The import; raises `NotFound`."""
    imported = await imports_of(request).one(import_id)
    if imported is None:
        raise NotFound
    return imported


def place(imported: DirectoryImport) -> Cursor:
    """Where an import stands in the list."""
    return Cursor(int(imported.at.timestamp() * 1000), imported.id)


def behind(cursor: Cursor | None) -> tuple[datetime, str] | None:
    """The place that a cursor names."""
    return (cursor.moment, cursor.id) if cursor else None


@router.get("/directory-imports")
async def list_imports(request: Request, paging: PagingQuery) -> Page[ImportOut]:
    """Imports of the last 30 days, the newest first."""
    found = await imports_of(request).page(behind(paging.after), paging.fetch)
    shown, following = paging.cut(found, place)
    return Page(items=[ImportOut.of(imported) for imported in shown], next=following)


@router.post("/directory-imports", status_code=201, response_model=ImportOut, openapi_extra=BODY)
async def import_directory(
    request: Request,
    run: Runner,
    kind: Annotated[Literal["people", "departments"], Query(description="What the rows of a file are")] = "people",
    name: Annotated[Words, Query(description="What to call it")] = "",
    mark_left: Annotated[bool, Query(description="Whoever is not named has left: for complete lists only")] = False,
    dry_run: Annotated[bool, Query(description="Check only; apply it later, or never")] = False,
) -> Response:
    """Import people or departments from CSV or XLSX (the body is the file), or both as JSON.

    Every row is judged for itself; the report says what each came to. A file that cannot be read changes nothing.
    The same import again changes nothing. What is accepted is applied soon after the answer; see `progress`.
    """
    running, run = request.app.state.running, run.keyed(None)  # the same import again changes nothing anyway
    if "json" in request.headers.get("content-type", ""):
        said = parse(DirectoryIn, await request.body())
        kinds = [k for k, entries in (("departments", said.departments), ("people", said.people)) if entries]
        asked = Asked(name or "API", kinds, mark_left)
        checked = await check(asked, from_entries(said.people, said.departments), running.mongo, run)
    else:
        checked = await check_upload(request, Asked(name or kind, [kind], mark_left), kind, run)
    done = checked if dry_run else await run(apply_import, checked.id, out=ImportOut)
    return created(done, f"{ROOT}/directory-imports/{done.id}")


async def check_upload(request: Request, asked: Asked, kind: Kind, run: Run) -> ImportOut:
    """The check of a file that is the body."""
    running = request.app.state.running
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        async for piece in request.stream():
            file.write(piece)
        reading = from_file(file, asked.name, kind, running.store.rules.directory, await codes_of(running.mongo))
        return await check(asked, reading, running.mongo, run)


@router.get("/directory-imports/{import_id}")
async def read(import_id: Id, request: Request) -> ImportOut:
    """One import, with how far it has come."""
    return ImportOut.of(await found_import(import_id, request))


@router.get("/directory-imports/{import_id}/rows")
async def list_rows(
    import_id: Id,
    request: Request,
    paging: PagingQuery,
    what: Annotated[Literal["changes", "refused"], Query()] = "refused",
) -> Page[RowOut]:
    """Rows that were refused, or that change something, in their order."""
    await found_import(import_id, request)
    language = language_of(request.scope, request.app.state.running.settings.language)
    found = await rows_of(imports_of(request), import_id, what, paging.after, paging.fetch)
    shown, following = paging.cut(found, lambda each: Cursor(each[0], each[1]))
    return Page(items=[RowOut.of(row, language) for _, _, row in shown], next=following)


async def rows_of(
    imports: Imports, import_id: str, what: str, after: Cursor | None, limit: int
) -> list[tuple[int, str, PlannedRow]]:
    """Rows with their places (number of the part, place in it) behind a cursor."""
    if after is not None and not after.id.isdecimal():
        raise UnknownCursor("after")
    number, seen = (after.number, int(after.id)) if after else (0, -1)
    found: list[tuple[int, str, PlannedRow]] = []
    last = number - 1
    while len(found) < limit and (chunks := await imports.chunks(import_id, what, last, 1)):
        last = chunks[0].number
        rows = enumerate(chunks[0].rows)
        found += [(last, str(n), row) for n, row in rows if (last, n) > (number, seen)]
    return found[:limit]


@router.post("/directory-imports/{import_id}/applications", status_code=201)
async def apply(import_id: Id, run: Runner) -> ImportOut:
    """Apply an import that was checked."""
    return await run(apply_import, import_id, out=ImportOut)
