"""The page of one card, and the parts of it that are fetched alone."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.cards import presence_of
from services.intake.api.complaints import complaints_of, found_complaint
from services.intake.domain.complaint import Complaint
from services.intake.domain.lookalikes import Draft, text_of
from services.intake.pages.forms import form_of
from services.intake.pages.looking import looking_of
from services.intake.pages.reading import card_of
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import PATH
from services.intake.repository.lookalikes import Lookalikes
from services.intake.views.card import Fact
from shared.identity.policy import EVERYONE, Rule
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.reader import is_part
from shared.web.shapes import Id
from shared.web.sign_in import safe_next

ONE: Final = f"{PATH}/{{complaint_id}}"
POLICY = [
    Rule("GET", ONE, EVERYONE),
    Rule("GET", f"{ONE}/part", EVERYONE),
    Rule("GET", f"{ONE}/alike", EVERYONE),
    Rule("POST", f"{ONE}/presence", EVERYONE),
]
MOST_ALIKE: Final = 5

pages = APIRouter(include_in_schema=False)


@pages.get(ONE)
async def card_page(complaint_id: Id, request: Request, viewer: Viewer, draw: Draw) -> Response:
    """One card as a page of its own."""
    last_event = request.app.state.feed.latest
    card = await card_of(complaint_id, request, looking_of(request, viewer), back=f"{PATH}/{complaint_id}")
    return draw("card.html", card=card, last_event=last_event)


@pages.get(f"{ONE}/part")
async def card_part(
    complaint_id: Id, request: Request, viewer: Viewer, draw: Draw, back: str | None = None
) -> Response:
    """The card alone, for the place beside a list, and drawn again when something about it changed."""
    if not is_part(request.scope):
        return RedirectResponse(f"{PATH}/{complaint_id}", 303)
    card = await card_of(complaint_id, request, looking_of(request, viewer), back=safe_next(back))
    return draw("card_part.html", card=card)


@pages.get(f"{ONE}/alike")
async def alike(complaint_id: Id, request: Request, viewer: Viewer, draw: Draw) -> Response:
    """Past cases that are likely about the same, with how they went."""
    looking = looking_of(request, viewer)
    complaint = await found_complaint(complaint_id, request)
    running = request.app.state.running
    lookalikes = Lookalikes(running.search, complaints_of(request), looking.rules.lookalikes)
    see = _seeing(looking)
    draft = Draft(text_of(see(complaint)), complaint.product_code)
    found = await lookalikes.of(draft, MOST_ALIKE, see, looking.now, besides=complaint.id)
    facts = [
        Fact(each.complaint.number, f"{each.complaint.title} · {each.score:.0%}", f"{PATH}/{each.complaint.number}")
        for each in found
    ]
    template = "card_alike.html" if is_part(request.scope) else "card_alike_page.html"
    return draw(template, alike=facts, number=complaint.number)


@pages.post(f"{ONE}/presence")
async def presence(complaint_id: Id, request: Request, viewer: Viewer, draw: Draw) -> Response:
    """Say that one looks at the card or writes in it, and learn who else does."""
    form, looking = await form_of(request), looking_of(request, viewer)
    there = presence_of(request)
    there.enter(complaint_id, viewer.id, "editing" if form.one("doing") == "editing" else "reading", looking.now)
    others = [(looking.person(o.person), o.doing) for o in there.others(complaint_id, viewer.id, looking.now)]
    return draw("card_presence.html", others=others)


def _seeing(looking: Looking) -> Callable[[Complaint], Complaint]:
    return lambda complaint: looking.eyes(complaint).complaint(complaint)
