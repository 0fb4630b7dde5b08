"""Which notices somebody sees, and in which lists."""

from typing import Literal

from fastapi import Request

from services.alerts.api.reading import at, behind_time, found_notice
from services.alerts.domain.notice import Head, Notice, NoticeState, confirms
from services.alerts.repository.notices import Notices
from shared.errors import NotFound
from shared.identity.principal import Principal
from shared.web.paging import Paging

ISSUING = ("safety_officer", "cs_manager")
APPROVING = (*ISSUING, "cco", "ceo")
REVIEWING = (*APPROVING, "auditor")
"""Who sees drafts."""
Listed = Literal["current", "unread", "resting", "withdrawn", "draft"]


def reviews(viewer: Principal) -> bool:
    """Whether someone sees what is not published yet."""
    return not viewer.roles.isdisjoint(REVIEWING)


async def unread(notices: Notices, viewer: Principal) -> list[Head]:
    """What holds now, is addressed to the viewer's department and was not read by them; the newest first."""
    if not confirms(viewer.roles):
        return []
    asked = [notice for notice in await notices.heads() if notice.is_for(viewer.department)]
    read = await notices.read_by(viewer.id, asked)
    return [notice for notice in asked if notice.id not in read]


async def listed(notices: Notices, which: Listed, viewer: Principal, paging: Paging) -> tuple[list[Notice], str | None]:
    """One page of a list of notices, and the cursor of the next."""
    after = behind_time(paging.after)
    if which == "unread":
        left = [notice for notice in await unread(notices, viewer) if after is None or _key(notice) < after]
        found = await notices.several([notice.id for notice in left[: paging.fetch]])
    elif which == "draft" and not reviews(viewer):
        found = []
    else:
        state: NoticeState = "published" if which == "current" else which
        found = await notices.page(state=state, after=after, limit=paging.fetch, drafts=reviews(viewer))
    shown, following = paging.cut(found, lambda notice: at(notice.shown_at, notice.id))
    return list(shown), following


def _key(notice: Head) -> tuple[object, str]:
    return notice.shown_at, notice.id


async def visible(notice_id: str, request: Request, viewer: Principal) -> Notice:
    """A notice that the viewer may know of; raises `NotFound`."""
    notice = await found_notice(notice_id, request)
    if not (notice.was_told or reviews(viewer)):
        raise NotFound
    return notice
