"""The palette: a few letters lead to any card, issue, product, person, or page."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.intake.api.complaints import complaints_of
from services.intake.domain.searching import number_in
from services.intake.domain.selection import Selection
from services.intake.pages.found import question_of
from services.intake.pages.looking import looking_of, roster_of
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import PATH, QueuePresenter
from shared.identity.policy import EVERYONE, Rule
from shared.language.i18n import _
from shared.web.gate import Viewer
from shared.web.jumps import target_of
from shared.web.navigation import places_for
from shared.web.pages import Draw
from shared.web.reader import is_part
from shared.web.shapes import Words

PALETTE: Final = "/intake/palette"
POLICY: Final = [Rule("GET", PALETTE, EVERYONE)]
MOST: Final = 12
CARD, ISSUE, PRODUCT, PERSON = _("Card"), _("Issue"), _("Product"), _("Person")
DEPARTMENT, PLACE, VIEW, SEARCH = _("Department"), _("Page"), _("View"), _("Search in all complaints")

pages = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Jump:
    """Somewhere to go: what it is, what it is called, and its address."""

    kind: str
    word: str
    href: str
    more: str = ""


@pages.get(PALETTE)
async def palette(request: Request, viewer: Viewer, draw: Draw, q: Words = "") -> Response:
    """Where a few letters may lead, likeliest first; whoever comes without scripts searches."""
    if not is_part(request.scope):
        return RedirectResponse(f"{PATH}?{urlencode({'which': 'all', 'order': 'newest', 'q': q})}", 303)
    looking = looking_of(request, viewer)
    found = [jump async for jump in _numbers(q, request, looking)] if q else []
    found += [*(_products(q, request, looking) if q else ()), *_places(q, looking)]
    if q:
        found += _people(q, looking)
        found.append(Jump(SEARCH, q, f"{PATH}?{urlencode({'which': 'all', 'order': 'newest', 'q': q})}"))
    return draw("palette.html", jumps=found[:MOST], typed=q)


async def _numbers(typed: str, request: Request, looking: Looking) -> AsyncIterator[Jump]:
    if number := number_in(typed):
        complaint = await complaints_of(request).one(number)
        if complaint is not None:
            title = looking.eyes(complaint).title(complaint, complaint.title)
            yield Jump(CARD, complaint.number, f"{PATH}/{complaint.number}", title)
    elif (target := target_of(typed)) is not None:
        yield Jump(ISSUE, typed.strip().upper(), target)


def _places(typed: str, looking: Looking) -> Iterator[Jump]:
    queue = QueuePresenter(looking, Selection())
    for place in places_for(looking.viewer):
        if _in(typed, looking.say(place.word)):
            yield Jump(PLACE, looking.say(place.word), place.href)
    for view in looking.rules.views.for_roles(looking.viewer.roles):
        if _in(typed, view.names.in_(looking.language)):
            yield Jump(VIEW, view.names.in_(looking.language), queue.href(Selection.read(view.query) or Selection()))


def _people(typed: str, looking: Looking) -> Iterator[Jump]:
    """People and departments lead to the cards in their hands."""
    queue, organisation = QueuePresenter(looking, Selection()), looking.organisation
    for person in organisation.people:
        if person.active and (_in(typed, person.name) or typed == person.id):
            at = looking.department(person.department)
            yield Jump(PERSON, person.name, queue.href(Selection(assignee=(person.id,))), at)
    for department in organisation.departments:
        if any(_in(typed, name) for name in (department.names.ko, department.names.en, department.code)):
            yield Jump(
                DEPARTMENT, looking.department(department.code), queue.href(Selection(department=(department.code,)))
            )


def _products(typed: str, request: Request, looking: Looking) -> Iterator[Jump]:
    """Codes of products that complaints are about."""
    counted = roster_of(request).roster.valued("product", typed, MOST // 2)
    queue = QueuePresenter(looking, Selection())
    for code in counted:
        selection = Selection(which="all", product=(code,), order="newest")
        count = roster_of(request).roster.count(question_of(selection, looking))
        if count:
            yield Jump(PRODUCT, code, queue.href(selection), str(count))


def _in(typed: str, word: str) -> bool:
    return typed.casefold() in word.casefold()
