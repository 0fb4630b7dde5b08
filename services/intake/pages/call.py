"""The agents' call screen: one column, by keyboard alone, saved while it is written, filed once."""

from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.domain.drafts import SUPERVISOR, CallDraft, ChangedInAnotherTab, DraftFile
from services.intake.handlers.calls import file_call, save_call, uploads_owner
from services.intake.pages.staff_forms import AtDesk, Desk, Typed, typed_with_files, with_persons
from services.intake.pages.visits import typed_in
from services.intake.repository.drafts import Drafts
from services.intake.schemas.calls import CallSaved
from services.intake.schemas.complaints import ComplaintFiled
from shared.errors import Forbidden, Refused
from shared.identity.policy import Rule
from shared.runtime.ids import random_id
from shared.web.field_errors import FieldError
from shared.web.pages import Draw, Drawer
from shared.web.run import Run, Runner
from shared.web.shapes import Id

CALLS: Final = "/intake/calls"
AGENTS: Final = ("agent", SUPERVISOR)
UPLOADS: Final = (f"{CALLS}/{{call_id}}",)
POLICY = [
    Rule("GET", f"{CALLS}/new", *AGENTS),
    Rule("GET", f"{CALLS}/{{call_id}}", *AGENTS),
    Rule("POST", f"{CALLS}/{{call_id}}", *AGENTS),
    Rule("POST", f"{CALLS}/{{call_id}}/saves", *AGENTS),
]
STARTS_WITH: Final = {"channel": "phone", "kind": "complaint"}

pages = APIRouter(include_in_schema=False)


@pages.get(f"{CALLS}/new")
async def begin() -> Response:
    """A new call has an address of its own from the start, so that it can be found again after a crash."""
    return RedirectResponse(f"{CALLS}/{random_id()}", status_code=303)


@pages.get(f"{CALLS}/{{call_id}}")
async def screen(call_id: Id, desk: AtDesk, draw: Draw) -> Response:
    """The screen of one call, as it was saved last."""
    draft = await call_of(call_id, desk)
    if draft is None:
        return draw_call(desk, draw, call_id, Typed(dict(STARTS_WITH), {}), [])
    if draft.number is not None:
        return draw("call_filed.html", number=draft.number)
    content = draft.read(desk.request.app.state.running.vault)
    typed = Typed(content.answers, {"revision": str(draft.revision)}, content.files)
    return draw_call(desk, draw, call_id, typed, [], broken=draft.broken_at is not None)


@pages.post(f"{CALLS}/{{call_id}}/saves")
async def save(call_id: Id, request: Request, desk: AtDesk, run: Runner) -> CallSaved:
    """Keep what is typed; sent by the screen itself. 412 when the draft is newer than what was changed here."""
    return await save_typed(call_id, desk, run, await typed_in(request))


@pages.post(f"{CALLS}/{{call_id}}")
async def act(call_id: Id, desk: AtDesk, run: Runner, draw: Draw) -> Response:
    """What the buttons do where no script runs, and filing: save, one more person, file."""
    draft = await call_of(call_id, desk)
    if draft is not None and draft.number is not None:
        return RedirectResponse(f"{CALLS}/{call_id}", status_code=303)
    kept = draft.read(desk.request.app.state.running.vault).files if draft else []
    typed = await typed_with_files(desk, uploads_owner(call_id), run)
    go, added = typed.other.get("go", "save"), typed.files
    typed.files = [*kept, *added]
    try:
        if go == "file":
            return await _file(call_id, desk, run, draw, typed)
        saved = await _save(call_id, desk, run, typed, added)
    except Refused as refused:
        return _refused(call_id, desk, draw, typed, refused)
    if typed.wrong:
        typed.other["revision"] = str(saved.revision)
        return draw_call(desk, draw, call_id, typed, typed.wrong, 422)
    return RedirectResponse(f"{CALLS}/{call_id}", status_code=303)


async def call_of(call_id: str, desk: Desk) -> CallDraft | None:
    """The draft of a call that one may go on with; raises `Forbidden` for somebody else's."""
    draft = await Drafts(desk.request.app.state.running.mongo).call(call_id)
    if draft is not None and not draft.is_open_to(desk.viewer):
        raise Forbidden
    return draft


async def save_typed(call_id: str, desk: Desk, run: Run, form: dict[str, str]) -> CallSaved:
    """Keep the fields of a form."""
    return await _save(call_id, desk, run, Typed(_answers(form), form), [])


async def _save(call_id: str, desk: Desk, run: Run, typed: Typed, added: list[DraftFile]) -> CallSaved:
    base = _revision(typed)
    return await run.keyed(None)(save_call, call_id, typed.answers, added, base, desk.viewer, out=CallSaved)


async def _file(call_id: str, desk: Desk, run: Run, draw: Drawer, typed: Typed) -> Response:
    filing, wrong = desk.filing(typed)
    if filing is None or wrong:
        return draw_call(desk, draw, call_id, typed, wrong, 422)
    base = _revision(typed)

    def expected(revision: int) -> None:
        if revision != base:
            raise ChangedInAnotherTab("revision")

    once = run.keyed(f"call-{call_id}")
    filed = await once(file_call, call_id, filing, desk.viewer, expected, out=ComplaintFiled)
    return RedirectResponse(f"/intake/complaints/{filed.id}", status_code=303)


def _refused(call_id: str, desk: Desk, draw: Drawer, typed: Typed, refused: Refused) -> Response:
    """What was typed comes back, with the reason."""
    said = FieldError(field=refused.field or "body", message=desk.say(refused.text, **refused.inputs))
    stale = isinstance(refused, ChangedInAnotherTab)
    return draw_call(desk, draw, call_id, typed, [said], refused.status, stale=stale)


def draw_call(
    desk: Desk, draw: Drawer, call_id: str, typed: Typed, wrong: list[FieldError], status: int = 200,
    *, stale: bool = False, broken: bool = False,
) -> Response:  # fmt: skip
    """The screen."""
    return draw(
        "call.html", status, call_id=call_id, revision=_revision(typed), files=typed.files, stale=stale,
        broken=broken, spare_id=random_id(), wrong=wrong, **desk.form(typed.answers, wrong),
    )  # fmt: skip


def _revision(typed: Typed) -> int:
    written = typed.other.get("revision", "")
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _answers(form: dict[str, str]) -> dict[str, str]:
    skipped = ("go", "revision", "attachment", "file", "form_key")
    return with_persons({name: text for name, text in form.items() if text and name not in skipped}, "")
