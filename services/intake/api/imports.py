"""Many complaints at once, from a file or another system: each row is accepted or refused for itself."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request, Response

from services.intake.domain.acceptance import InTheFuture, future_fields
from services.intake.domain.filing import Filing
from services.intake.handlers.filing import file_complaint
from services.intake.handlers.imports import file_past_complaint
from services.intake.schemas.imports import Imported, ImportIn, ImportOut, ImportRow, RowOut
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.language.i18n import Language, translate
from shared.runtime.ids import derived_id
from shared.web.bodies import JsonRoute, check
from shared.web.failures import log_unexpected
from shared.web.field_errors import FieldError, field_errors
from shared.web.many import EachRunner, Ended, Use
from shared.web.problem import refused, unexpected
from shared.web.reader import language_of

ROOT = "/api/intake/v1"
POLICY = [
    Rule("POST", f"{ROOT}/imports", "cs_manager", "complaints:write"),
    Rule("POST", f"{ROOT}/imports/history", "cs_manager", "imports:write"),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["imports"])
Take = Callable[..., Awaitable[Any]]


@router.post("/imports", response_model=ImportOut)
async def import_complaints(batch: ImportIn, run_each: EachRunner, request: Request) -> Response:
    """File the rows as new complaints. Sending the same again is safe; `dry_run` stores nothing."""
    return await _imported(batch, file_complaint, run_each, request)


@router.post("/imports/history", response_model=ImportOut)
async def import_history(batch: ImportIn, run_each: EachRunner, request: Request) -> Response:
    """Take the rows as past cases: counted and learned from; nothing is sent, no clock runs, nobody is called."""
    return await _imported(batch, file_past_complaint, run_each, request)


async def _imported(batch: ImportIn, take: Take, run_each: EachRunner, request: Request) -> Response:
    running = request.app.state.running
    language = language_of(request.scope, running.settings.language)
    now = running.store.clock.now()
    read = [(row, _read(row, now, language)) for row in batch.rows]
    uses = [_use(row, batch, filing) for row, filing in read if isinstance(filing, Filing)]
    ended = iter(await run_each(take, uses, Imported, dry=batch.dry_run))
    told = [
        _told(row, next(ended), batch.dry_run, language)
        if isinstance(filing, Filing)
        else RowOut(key=row.key, outcome="refused", errors=filing)
        for row, filing in read
    ]
    known = running.store.rules.category_names
    names = {code: known[code][language] for code in {row.category for row in told if row.category} if code in known}
    said = ImportOut.model_construct(rows=told, categories=names)
    return Response(said.model_dump_json(), media_type="application/json")


def _read(row: ImportRow, now: datetime, language: Language) -> Filing | list[FieldError]:
    """The row's filing, or everything that is wrong with it."""
    filing, wrong = check(Filing, json.dumps(row.filing, ensure_ascii=False).encode())  # takes numbers of any length
    if filing is None:
        return field_errors(wrong, language)
    late = translate(InTheFuture.text, language)
    return [FieldError(field=field, message=late) for field in future_fields(filing, now)] or filing


def _use(row: ImportRow, batch: ImportIn, filing: Filing) -> Use:
    """The row under its name for ever. The same name with another text is another complaint, and is refused."""
    text = sha256(" ".join(filing.body.split()).encode()).hexdigest()
    return Use(derived_id("import", batch.source, row.key), text, batch.run, (filing,))


def _told(row: ImportRow, ended: Ended[Imported], dry: bool, language: Language) -> RowOut:
    if isinstance(ended.error, Refused):
        problem = FieldError(field=ended.error.field or "", message=refused(ended.error, language).detail)
        return RowOut(key=row.key, outcome="refused", errors=[problem])
    if ended.result is None:
        log_unexpected(ended.error or RuntimeError())
        problem = FieldError(field="", message=unexpected(language).detail)
        return RowOut(key=row.key, outcome="failed", errors=[problem])
    said = ended.result.model_dump(exclude={"id", "number"} if dry and not ended.again else None)
    return RowOut.model_construct(key=row.key, outcome="already" if ended.again else "accepted", errors=[], **said)
