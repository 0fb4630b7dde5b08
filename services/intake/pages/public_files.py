"""Files on the public form: uploaded before anything is filed, one or several at a time."""

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.limited import at_most
from services.intake.api.uploads import FILE_FIELD, NoFile, take_file, upload_place
from services.intake.domain.attachment import TooLargeTogether, TooManyAttachments
from services.intake.domain.drafts import DraftContent
from services.intake.handlers.attachments import Noting, StagedFile
from services.intake.handlers.public_drafts import leave_file_out, note_file
from services.intake.pages.asking import FORM, Asked, Asking, Saved, draw_step
from services.intake.pages.visits import Visit, Visitor, keep_draft, typed_in
from services.intake.repository.uow import IntakeUow
from shared.errors import Refused
from shared.identity.policy import PUBLIC, Rule
from shared.language.i18n import translate
from shared.uploads.kinds import MIB
from shared.uploads.names import clean_name
from shared.web.field_errors import FieldError
from shared.web.multipart import parts_of
from shared.web.pages import Draw, Drawer
from shared.web.reader import is_part
from shared.web.run import Run, Runner

FILES = f"{FORM}/files"
UPLOADS = (f"{FILES}/uploads",)
POLICY = [Rule("POST", UPLOADS[0], PUBLIC), Rule("POST", f"{FILES}/removals", PUBLIC)]

pages = APIRouter(include_in_schema=False)


@pages.post(UPLOADS[0], dependencies=[at_most("upload")])
async def upload(request: Request, visit: Visitor, asking: Asked, run: Runner, draw: Draw) -> Response:
    """Take the files of the form; those that are refused are named, the others stay."""
    content, wrong = await _take_all(request, visit, asking, run)
    if is_part(request.scope):
        status = 422 if wrong else 200
        return keep_draft(_draw_files(draw, asking, content, wrong, status), visit, request)
    if wrong:
        return keep_draft(draw_step(draw, asking, content, asking.step("files"), wrong, 422), visit, request)
    return keep_draft(RedirectResponse(FILES, status_code=303), visit, request)


@pages.post(f"{FILES}/removals", dependencies=[at_most("page")])
async def leave_out(request: Request, visit: Visitor, asking: Asked, run: Runner, draw: Draw) -> Response:
    """Take a file off the list."""
    form = await typed_in(request)
    content = await run.keyed(None)(leave_file_out, visit.id, form.get(FILE_FIELD, ""), out=Saved)
    if is_part(request.scope):
        return _draw_files(draw, asking, content, [], 200)
    return RedirectResponse(FILES, status_code=303)


async def _take_all(request: Request, visit: Visit, asking: Asking, run: Run) -> tuple[DraftContent, list[FieldError]]:
    content = visit.content.model_copy(update={"files": list(visit.content.files)})
    wrong: list[FieldError] = []
    seen = False
    async with upload_place(request):
        async for part in parts_of(request):
            if part.name != FILE_FIELD or not part.filename:
                continue
            seen = True
            try:
                _check_room(asking, content)
                owner, note = f"draft:{visit.id}", _noting(visit, content)
                await take_file(part, owner, request, run, note)
            except Refused as refused:
                wrong.append(_named(refused, part.filename, asking))
    if not seen:
        wrong.append(FieldError(field=FILE_FIELD, message=translate(NoFile.text, asking.language)))
    return content, wrong


def _noting(visit: Visit, content: DraftContent) -> Noting:
    """Write the file into the draft, and into what the page shows."""

    async def note(staged: StagedFile, uow: IntakeUow) -> None:
        saved = await note_file(visit.id, staged, uow)
        content.files[:] = saved.files

    return note


def _check_room(asking: Asking, content: DraftContent) -> None:
    limits = asking.rules.attachments.per_complaint
    if len(content.files) >= limits.files:
        raise TooManyAttachments(FILE_FIELD, limit=limits.files)
    if sum(file.size for file in content.files) > limits.megabytes * MIB:
        raise TooLargeTogether(FILE_FIELD, limit=limits.megabytes)


def _named(refused: Refused, name: str, asking: Asking) -> FieldError:
    """Which file it was: shown to its sender, who chose it."""
    said = translate(refused.text, asking.language, **refused.inputs)
    return FieldError(field=FILE_FIELD, message=f"{clean_name(name)}: {said}")


def _draw_files(draw: Drawer, asking: Asking, content: DraftContent, wrong: list[FieldError], status: int) -> Response:
    view = asking.presenter(content).step(asking.step("files"), wrong)
    return draw("public_uploaded.html", status, step=view, fragment=True)
