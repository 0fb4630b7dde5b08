"""The follow page: number and secret open it by POST; then a sealed cookie of this browser does for half an hour."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.following import opened_by
from services.intake.api.limited import at_most
from services.intake.api.uploads import take_file, upload_place
from services.intake.domain.persons import shows_something
from services.intake.handlers.customer import accept_answer, ask_to_reopen, rate, refuse_answer, withdraw_complaint
from services.intake.handlers.following import add_to_complaint, follower
from services.intake.pages.followed import MOST_WORDS, PAGE, TOO_LONG, WRONG, do, draw_followed, say, tried
from services.intake.pages.visits import FOLLOW, FOLLOW_SECONDS, FROM_HERE, forget, keep_sealed, sealed_in, typed_in
from shared.errors import Refused
from shared.identity.policy import PUBLIC, Rule
from shared.language.i18n import _
from shared.web.multipart import parts_of
from shared.web.pages import Draw
from shared.web.run import Run, Runner

UPLOADS: Final = (f"{PAGE}/additions",)
DOINGS: Final = ("acceptances", "refusals", "withdrawals", "reopenings", "ratings")
POLICY = [
    Rule("GET", PAGE, PUBLIC),
    Rule("POST", PAGE, PUBLIC),
    Rule("POST", f"{PAGE}/leavings", PUBLIC),
    Rule("POST", UPLOADS[0], PUBLIC),
    *(Rule("POST", f"{PAGE}/{doing}", PUBLIC) for doing in DOINGS),
]
STARS: Final = _("Choose one to five stars.")
NOTHING: Final = _("Write something or choose a file first.")

pages = APIRouter(include_in_schema=False, dependencies=[at_most("page"), FROM_HERE])


@pages.get(PAGE)
async def page(request: Request, draw: Draw) -> Response:
    """What has become of the complaint that this browser follows, else the question for number and secret."""
    session = sealed_in(request, FOLLOW)
    if session is None:
        return draw("follow_sign_in.html", number="", wrong="")
    return await draw_followed(session["id"], request, draw)


@pages.post(PAGE, dependencies=[at_most("follow")])
async def open_page(request: Request, draw: Draw) -> Response:
    """Number and secret; the answer is the same whichever of them is wrong."""
    form = await typed_in(request)
    number = form.get("number", "").upper()[:40]
    id = await opened_by(number, form.get("secret", "")[:100], request)
    if id is None:
        return draw("follow_sign_in.html", 422, number=number, wrong=say(request, WRONG))
    response = RedirectResponse(PAGE, status_code=303)
    return keep_sealed(response, FOLLOW, {"id": id}, FOLLOW_SECONDS, request)


@pages.post(f"{PAGE}/leavings")
async def leave() -> Response:
    """This browser forgets what it followed."""
    return forget(RedirectResponse(PAGE, status_code=303), FOLLOW)


@pages.post(f"{PAGE}/acceptances")
async def accept(request: Request, run: Runner, draw: Draw) -> Response:
    """The answer is accepted."""
    return await do(request, run, draw, lambda id, _form: partial(accept_answer, id))


@pages.post(f"{PAGE}/refusals")
async def refuse(request: Request, run: Runner, draw: Draw) -> Response:
    """The answer is refused, with a reason."""
    return await do(request, run, draw, lambda id, form: partial(refuse_answer, id, form["words"]), words=True)


@pages.post(f"{PAGE}/withdrawals")
async def withdraw(request: Request, run: Runner, draw: Draw) -> Response:
    """The complaint is taken back."""
    return await do(request, run, draw, lambda id, form: partial(withdraw_complaint, id, form["words"]), words=True)


@pages.post(f"{PAGE}/reopenings")
async def reopen(request: Request, run: Runner, draw: Draw) -> Response:
    """It is asked to be opened again."""
    return await do(request, run, draw, lambda id, form: partial(ask_to_reopen, id, form["words"]), words=True)


@pages.post(f"{PAGE}/ratings")
async def give_stars(request: Request, run: Runner, draw: Draw) -> Response:
    """One to five stars, with words or without."""

    def rating(id: str, form: dict[str, str]) -> Callable[..., Awaitable[Any]] | str:
        stars = form.get("stars", "")
        if stars not in {"1", "2", "3", "4", "5"}:
            return STARS
        return partial(rate, id, int(stars), form.get("words") or None)

    return await do(request, run, draw, rating)


@pages.post(UPLOADS[0], dependencies=[at_most("upload")])
async def add(request: Request, run: Runner, draw: Draw) -> Response:
    """More words and files: all of it, or nothing and why."""
    session = sealed_in(request, FOLLOW)
    if session is None:
        return RedirectResponse(PAGE, status_code=303)
    words, files, wrong = await _read_addition(request, run, session["id"])
    if not wrong and not files and not shows_something(words):
        wrong = say(request, NOTHING)
    if len(words) > MOST_WORDS:
        wrong = say(request, TOO_LONG, limit=MOST_WORDS)
    if not wrong:
        wrong = await tried(request, run, partial(add_to_complaint, session["id"], words, files))
    if wrong:
        return await draw_followed(session["id"], request, draw, [wrong], words, 422)
    return RedirectResponse(PAGE, status_code=303)


async def _read_addition(request: Request, run: Run, id: str) -> tuple[str, list[str], str]:
    words, files, wrong = "", list[str](), ""
    async with upload_place(request):
        async for part in parts_of(request):
            if part.name == "words":
                words = (await part.text()).strip()
            elif part.name == "file" and part.filename and not wrong:
                try:
                    files.append((await take_file(part, follower(id), request, run)).id)
                except Refused as refused:
                    wrong = say(request, refused.text, **refused.inputs)
    return words, files, wrong
