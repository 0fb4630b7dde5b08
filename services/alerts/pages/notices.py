"""Safety notices: lists, one notice with its read receipts, what is decided about it, and what consumers see."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Response

from services.alerts.api.notice_lists import APPROVING, ISSUING, Listed, listed, reviews, unread, visible
from services.alerts.api.reading import at, behind_time, notices_of
from services.alerts.domain.notice import Notice
from services.alerts.handlers.notices import approve_notice, publish_notice, read_notice, withdraw_notice
from services.alerts.pages.desk import AtDesk, Desk
from services.alerts.presenting.notices import notice_page, notice_row
from services.alerts.schemas.forms import VersionForm, WithdrawForm
from services.alerts.schemas.notices import NoticeOut
from services.alerts.views.board import Tab
from services.alerts.views.notices import NoticeListView
from services.alerts.views.typed import Typed
from shared.identity.policy import EVERYONE, PUBLIC, Rule
from shared.language.i18n import _
from shared.web.paging import PagingQuery
from shared.web.shapes import FormIn, Id

POLICY = [
    Rule("GET", "/alerts/notices", EVERYONE),
    Rule("GET", "/alerts/notices/public", PUBLIC),
    Rule("GET", "/alerts/notices/{notice_id}", EVERYONE),
    Rule("POST", "/alerts/notices/{notice_id}/readings", EVERYONE),
    Rule("POST", "/alerts/notices/{notice_id}/approvals", *APPROVING),
    Rule("POST", "/alerts/notices/{notice_id}/publications", *ISSUING),
    Rule("POST", "/alerts/notices/{notice_id}/withdrawals", *APPROVING),
]
TABS: tuple[tuple[Listed, str], ...] = (
    ("unread", _("Not read by you")),
    ("current", _("In force")),
    ("resting", _("Out of season")),
    ("withdrawn", _("Withdrawn notices")),
    ("draft", _("Drafts")),
)
F = TypeVar("F", bound=FormIn)

pages = APIRouter(include_in_schema=False)


@pages.get("/alerts/notices")
async def notices(desk: AtDesk, paging: PagingQuery, state: Annotated[Listed, Query()] = "current") -> Response:
    """Notices by state, the newest first."""
    kept, speaker = notices_of(desk.request), desk.speaker
    found, following = await listed(kept, state, desk.viewer, paging)
    read, left = await kept.read_by(desk.viewer.id, found), len(await unread(kept, desk.viewer))
    tabs = [
        Tab(f"/alerts/notices?state={name}", speaker.say(word), left if name == "unread" else None, name == state)
        for name, word in TABS
        if name != "draft" or reviews(desk.viewer)
    ]
    view = NoticeListView(
        rows=[notice_row(notice, speaker, notice.id in read) for notice in found],
        tabs=tabs,
        which=state,
        may_write=not desk.viewer.roles.isdisjoint(ISSUING),
        next=paging.link(following, state=state),
        first=f"/alerts/notices?state={state}" if paging.after else None,
    )
    return desk.draw("notices.html", notices=view)


@pages.get("/alerts/notices/public")
async def for_consumers(desk: AtDesk, paging: PagingQuery) -> Response:
    """What consumers may see: approved notices that hold now."""
    found = await notices_of(desk.request).for_consumers(behind_time(paging.after), paging.fetch)
    shown, following = paging.cut(found, lambda notice: at(notice.shown_at, notice.id))
    first = paging.path if paging.after else None
    return desk.draw("notices_public.html", notices=shown, next=paging.link(following), first=first)


@pages.get("/alerts/notices/{notice_id}")
async def notice(notice_id: Id, desk: AtDesk) -> Response:
    """One notice by id or number."""
    return await draw_notice(desk, notice_id, Typed(), 200)


async def draw_notice(desk: Desk, notice_id: str, typed: Typed, status: int) -> Response:
    """The page of a notice; `typed` is what was entered and refused."""
    found = await visible(notice_id, desk.request, desk.viewer)
    readers = await notices_of(desk.request).readers(found.id, found.edition)
    return desk.draw("notice.html", status, notice=notice_page(found, readers, desk.speaker, typed))


async def act(
    desk: Desk, notice_id: str, of: str, shape: type[F], do: Callable[[Notice, F], Awaitable[object]]
) -> Response:
    """Take a form of a notice's page, do what it says, show the page anew; refused, with what was typed."""
    found = await visible(notice_id, desk.request, desk.viewer)

    async def draw(typed: Typed, status: int) -> Response:
        return await draw_notice(desk, found.id, typed, status)

    return await desk.take(shape, of, partial(do, found), draw, lambda _done: f"/alerts/notices/{found.id}")


@pages.post("/alerts/notices/{notice_id}/readings")
async def read(notice_id: Id, desk: AtDesk) -> Response:
    """Confirm to have read it."""

    async def do(found: Notice, _form: FormIn) -> object:
        return await desk.run(read_notice, found.id, out=NoticeOut)

    return await act(desk, notice_id, "readings", FormIn, do)


@pages.post("/alerts/notices/{notice_id}/approvals")
async def approve(notice_id: Id, desk: AtDesk) -> Response:
    """Approve what another person wrote."""

    async def do(found: Notice, form: VersionForm) -> object:
        return await desk.run(approve_notice, found.id, form.version, out=NoticeOut)

    return await act(desk, notice_id, "approvals", VersionForm, do)


@pages.post("/alerts/notices/{notice_id}/publications")
async def publish(notice_id: Id, desk: AtDesk) -> Response:
    """Have it hold from now on."""

    async def do(found: Notice, form: VersionForm) -> object:
        return await desk.run(publish_notice, found.id, form.version, out=NoticeOut)

    return await act(desk, notice_id, "publications", VersionForm, do)


@pages.post("/alerts/notices/{notice_id}/withdrawals")
async def withdraw(notice_id: Id, desk: AtDesk) -> Response:
    """Have it hold no longer."""

    async def do(found: Notice, form: WithdrawForm) -> object:
        return await desk.run(withdraw_notice, found.id, form.reason, form.version, out=NoticeOut)

    return await act(desk, notice_id, "withdrawals", WithdrawForm, do)
