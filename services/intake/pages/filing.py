"""The employees' form: any employee files what a customer told them, on one page."""

from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.uploads import owner_of
from services.intake.handlers.filing import file_complaint
from services.intake.pages.staff_forms import AtDesk, Desk, Typed, typed_with_files
from services.intake.schemas.complaints import ComplaintFiled
from shared.errors import Refused
from shared.identity.policy import EVERYONE, Rule
from shared.runtime.ids import random_id
from shared.web.field_errors import FieldError
from shared.web.pages import Draw, Drawer
from shared.web.reader import is_part
from shared.web.run import Runner
from shared.web.shapes import Id

PAGE: Final = "/intake/complaints/new"
FILES: Final = "/intake/complaints/new/files"
UPLOADS: Final = (PAGE, FILES)
POLICY = [Rule("GET", PAGE, EVERYONE), Rule("POST", PAGE, EVERYONE), Rule("POST", FILES, EVERYONE)]
STARTS_WITH: Final = {"channel": "employee", "kind": "complaint"}

pages = APIRouter(include_in_schema=False)


@pages.get(PAGE)
async def blank(desk: AtDesk, draw: Draw, filed: Id | None = None) -> Response:
    """An empty form; `filed` is the number of the one before, when several are filed in a row."""
    return _draw(desk, draw, Typed(dict(STARTS_WITH), {}), [], 200, filed or "")


@pages.post(PAGE)
async def file(desk: AtDesk, run: Runner, draw: Draw) -> Response:
    """File it; what was refused comes back with everything that was typed."""
    typed = await typed_with_files(desk, owner_of(desk.viewer), run)
    go = typed.other.get("go", "file")
    if go not in ("file", "file_another"):
        typed.files = [file for file in typed.files if go != f"drop-{file.id}"]
        return _draw(desk, draw, typed, typed.wrong)
    filing, wrong = desk.filing(typed)
    if filing is None or wrong:
        return _draw(desk, draw, typed, wrong, 422)
    once = run.keyed(f"form-{typed.other.get('form_key') or random_id()}"[:200])
    try:
        filed = await once(file_complaint, filing, out=ComplaintFiled)
    except Refused as refused:
        said = desk.say(refused.text, **refused.inputs)
        return _draw(desk, draw, typed, [FieldError(field=_place_of(refused), message=said)], 422)
    target = f"{PAGE}?filed={filed.number}" if go == "file_another" else f"/intake/complaints/{filed.id}"
    return RedirectResponse(target, status_code=303)


@pages.post(FILES)
async def upload(request: Request, desk: AtDesk, run: Runner, draw: Draw) -> Response:
    """Take files in while the form is still being written; a part of the page."""
    typed = await typed_with_files(desk, owner_of(desk.viewer), run)
    status = 422 if typed.wrong else 200
    if is_part(request.scope):
        return draw("staff_files.html", status, files=typed.files, wrong=typed.wrong)
    return _draw(desk, draw, typed, typed.wrong, status)


def _place_of(refused: Refused) -> str:
    """The field on this page that a refusal of the domain is about."""
    field = refused.field or "body"
    moments = {"occurred_at": "occurred_on", "knowledge_at": "known_on"}
    return "file" if field.startswith("attachments") else moments.get(field, field)


def _draw(
    desk: Desk, draw: Drawer, typed: Typed, wrong: list[FieldError], status: int = 200, filed: str = ""
) -> Response:
    return draw(
        "filing.html", status, files=typed.files, wrong=wrong, filed=filed,
        form_key=typed.other.get("form_key") or random_id(), **desk.form(typed.answers, wrong),
    )  # fmt: skip
