"""Who looked at personal data, when and what for: for those who review it. Nobody can change it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Request, Response

from services.intake.domain.access import Access
from services.intake.pages.looking import looking_of
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import PATH
from services.intake.repository.accesses import Accesses
from shared.identity.policy import Rule
from shared.language.i18n import _
from shared.web.gate import Viewer
from shared.web.pages import Draw
from shared.web.paging import Cursor, PagingQuery

ACCESSES: Final = "/intake/accesses"
POLICY: Final = [Rule("GET", ACCESSES, "auditor")]
WHAT: Final = {
    "attachment": _("a file"),
    "original": _("the original text"),
    "contact": _("the original text and how to reach the customer"),
}

pages = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class LookView:
    """One look."""

    at: datetime
    who: str
    what: str
    href: str
    purpose: str


@pages.get(ACCESSES)
async def accesses(request: Request, viewer: Viewer, paging: PagingQuery, draw: Draw) -> Response:
    """The log, newest first."""
    looking = looking_of(request, viewer)
    after = (paging.after.moment, paging.after.id) if paging.after else None
    found = await Accesses(request.app.state.running.mongo).page(after, paging.fetch)
    shown, following = paging.cut(found, lambda look: Cursor(int(look.at.timestamp() * 1000), look.id))
    first = paging.path if paging.after else None
    return draw(
        "accesses.html", looks=[_view(look, looking) for look in shown], next=paging.link(following), first=first
    )


def _view(look: Access, looking: Looking) -> LookView:
    what, href = looking.say(WHAT[look.what]), f"{PATH}/{look.complaint_id}"
    return LookView(look.at, looking.person(look.by), what, href, look.purpose or "")
