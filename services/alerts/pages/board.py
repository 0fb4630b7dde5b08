"""The alert board: issues by step, the nearest deadline first, and the button that answers a call."""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response

from services.alerts.api.notice_lists import unread
from services.alerts.api.reading import behind, issues_of, messages_of, notices_of, place
from services.alerts.pages.desk import AtDesk, Desk
from services.alerts.presenting.messages import message_of
from services.alerts.presenting.rows import row_of
from services.alerts.repository.issues import Filters, Shelf
from services.alerts.views.board import Asked, BoardView, NoticeLine, Tab
from shared.errors import NotFound
from shared.identity.policy import EVERYONE, Rule
from shared.language.i18n import _
from shared.web.paging import Paging, PagingQuery
from shared.web.shapes import Id, Words

POLICY = [
    Rule("GET", "/alerts", EVERYONE),
    Rule("GET", "/alerts/of/{complaint_id}", EVERYONE),
]
MESSAGES = 10
MUST_READ = 3
COUNTED = 10_000
LIVE: tuple[Shelf, ...] = ("open", "acknowledged", "contained", "watched")
TABS: tuple[tuple[Shelf, str], ...] = (
    ("live", _("Under way")),
    ("open", _("Not acknowledged")),
    ("acknowledged", _("Acknowledged")),
    ("contained", _("Contained")),
    ("watched", _("Watched")),
    ("closed", _("Closed issues")),
)

pages = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """What the address asks of the board; empty fields of the form count as absent."""

    state: Shelf
    step: str
    product: str
    mine: bool
    paging: Paging

    def filters(self, viewer: str) -> Filters:
        """The same for the database."""
        step = int(self.step) if self.step else None
        return Filters(self.state, step, product=self.product or None, called=viewer if self.mine else None)

    def kept(self, **other: str) -> dict[str, str]:
        """The parameters that further pages keep."""
        plain = {"state": self.state, "step": self.step, "product": self.product, "mine": "1" if self.mine else ""}
        usual = {"state": "live"}
        return {name: value for name, value in (plain | other).items() if value and usual.get(name) != value}


async def board_query(
    paging: PagingQuery,
    state: Annotated[Shelf | Literal[""], Query()] = "live",
    step: Annotated[Literal["", "0", "1", "2", "3"], Query()] = "",
    product: Annotated[Words, Query()] = "",
    mine: Annotated[Literal["", "1"], Query()] = "",
) -> BoardQuery:
    """The dependency behind `AskedOfBoard`."""
    return BoardQuery(state or "live", step, product, bool(mine), paging.at("/alerts"))


AskedOfBoard = Annotated[BoardQuery, Depends(board_query)]


async def board_view(desk: Desk, asked: BoardQuery) -> BoardView:
    """Everything that the board shows, read at once."""
    request, viewer, speaker, now = desk.request, desk.viewer, desk.speaker, desk.now
    last_event, filters, paging = desk.last_event, asked.filters(desk.viewer.id), asked.paging
    issues, messages = issues_of(request), messages_of(request)
    found, told, unseen, left, counts = await asyncio.gather(
        issues.page(filters=filters, after=behind(paging.after), limit=paging.fetch),
        messages.page(viewer.id, None, MESSAGES),
        messages.unread(viewer.id, 100),
        unread(notices_of(request), viewer),
        asyncio.gather(*(issues.count(filters=Filters(state), limit=COUNTED) for state in LIVE)),
    )
    shown, following = paging.cut(found, place)
    by_shelf: dict[str, int] = {"live": sum(counts), **dict(zip(LIVE, counts, strict=True))}
    must = [notice for notice in left if notice.must_read][:MUST_READ]
    return BoardView(
        rows=[row_of(issue, speaker, now) for issue in shown],
        tabs=_tabs(asked, by_shelf, speaker.say),
        asked=Asked(asked.state, asked.step, asked.product, asked.mine),
        query=urlencode(asked.kept()),
        waiting=by_shelf["open"],
        live=by_shelf["live"],
        unread_notices=len(left),
        must_read=[NoticeLine(n.number, n.title, f"/alerts/notices/{n.id}") for n in must],
        messages=[message_of(message, speaker) for message in told],
        unread_messages=unseen,
        last_event=last_event,
        next=paging.link(following, **asked.kept()),
        first=f"/alerts?{urlencode(asked.kept())}" if paging.after else None,
    )


def _tabs(asked: BoardQuery, counts: dict[str, int], say: Any) -> list[Tab]:
    return [
        Tab(
            href=f"/alerts?{urlencode(kept)}" if (kept := asked.kept(state=shelf)) else "/alerts",
            word=say(word),
            count=counts.get(shelf),
            is_here=asked.state == shelf,
        )
        for shelf, word in TABS
    ]


@pages.get("/alerts")
async def board(desk: AtDesk, asked: AskedOfBoard) -> Response:
    """The alert board."""
    return desk.draw("board.html", board=await board_view(desk, asked))


@pages.get("/alerts/of/{complaint_id}")
async def issue_of_complaint(complaint_id: Id, desk: AtDesk) -> Response:
    """The issue that a complaint belongs to, for links from elsewhere."""
    issue = await issues_of(desk.request).of_complaint(complaint_id)
    if issue is None:
        raise NotFound
    return desk.sent_back(f"/alerts/{issue.id}")
