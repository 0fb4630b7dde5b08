"""How the follow page is drawn, and how something is done on it: done, or the page again with the reason."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from fastapi import Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.following import followed
from services.intake.domain.persons import shows_something
from services.intake.pages.visits import FOLLOW, forget, sealed_in, typed_in
from services.intake.presenting.following import FollowPresenter
from services.intake.schemas.attachments import Done
from shared.errors import Refused
from shared.language.i18n import _, translate
from shared.web.pages import Drawer
from shared.web.reader import language_of
from shared.web.run import Run

PAGE: Final = "/complaints/follow"
MOST_WORDS: Final = 5000
WRONG: Final = _("There is no complaint with this number and this secret. Look at both again, or file anew.")
NEEDED: Final = _("Write a few words first.")
TOO_LONG: Final = _("This may have at most {limit} characters.")

Doing = Callable[[str, dict[str, str]], Callable[..., Awaitable[Any]] | str]
"""Makes the handler of an id and a form, or the message id of what is wrong."""


async def do(request: Request, run: Run, draw: Drawer, doing: Doing, *, words: bool = False) -> Response:
    session = sealed_in(request, FOLLOW)
    if session is None:
        return RedirectResponse(PAGE, status_code=303)
    form = await typed_in(request)
    said = form.get("words", "")
    if words and not shows_something(said):
        return await draw_followed(session["id"], request, draw, [say(request, NEEDED)], said, 422)
    if len(said) > MOST_WORDS:
        return await draw_followed(session["id"], request, draw, [say(request, TOO_LONG, limit=MOST_WORDS)], said, 422)
    handler = doing(session["id"], form)
    wrong = say(request, handler) if isinstance(handler, str) else await tried(request, run, handler)
    if wrong:
        return await draw_followed(session["id"], request, draw, [wrong], said, 422)
    return RedirectResponse(PAGE, status_code=303)


async def tried(request: Request, run: Run, handler: Callable[..., Awaitable[Any]]) -> str:
    """Do it; what was refused as a sentence, empty when it was done."""
    try:
        await run.keyed(None)(handler, out=Done)
    except Refused as refused:
        return say(request, refused.text, **refused.inputs)
    return ""


async def draw_followed(
    id: str, request: Request, draw: Drawer, errors: list[str] | None = None, words: str = "", status: int = 200
) -> Response:
    found = await followed(id, request)
    if found is None:
        return forget(draw("follow_sign_in.html", 404, number="", wrong=say(request, WRONG)), FOLLOW)
    running = request.app.state.running
    presenter = FollowPresenter(running.store.rules, language_of(request.scope, running.settings.language))
    return draw("follow.html", status, follow=presenter.page(found, errors or [], words))


def say(request: Request, message_id: str, **inputs: object) -> str:
    return translate(message_id, language_of(request.scope, request.app.state.running.settings.language), **inputs)
