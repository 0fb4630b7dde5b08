"""Notices as people read them: for whom, in which months, who has read."""

from collections.abc import Mapping
from datetime import datetime

from services.alerts.domain.notice import Notice, confirms
from services.alerts.domain.people import decides
from services.alerts.domain.season import Season
from services.alerts.presenting.shares import Share, shares
from services.alerts.presenting.signs import notice_state, sign_of
from services.alerts.presenting.speaker import Speaker
from services.alerts.views.notices import Happened, NoticeRow, NoticeView, ShareView
from services.alerts.views.typed import Typed
from shared.language.i18n import _

EVERYONE = _("All staff")
SEASON = _("Every year from {first} to {last}")
MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
WRITTEN = _("{person} wrote it")
APPROVED = _("{person} approved it")
PUBLISHED = _("{person} published it")
WITHDRAWN = _("{person} withdrew it")
MOST_NAMES = 20
AND_MORE = _("{names} and {count} more")
ISSUING = frozenset({"safety_officer", "cs_manager"})
APPROVING = frozenset({*ISSUING, "cco", "ceo"})


def month(number: int, speaker: Speaker) -> str:
    """A month's name."""
    return speaker.say(MONTHS[number - 1])


def notice_row(notice: Notice, speaker: Speaker, read: bool) -> NoticeRow:
    """One notice in a list."""
    text, viewer = notice.text, speaker.viewer
    asked = notice.state == "published" and notice.is_for(viewer.department) and confirms(viewer.roles)
    return NoticeRow(
        id=notice.id,
        number=notice.number,
        title=text.title,
        hazard=text.hazard,
        href=f"/alerts/notices/{notice.id}",
        state=notice_state(notice),
        sign=sign_of(notice),
        must_read=text.must_read,
        for_consumers=text.for_consumers,
        audience=", ".join(map(speaker.department, text.audience)) or speaker.say(EVERYONE),
        season=_season(text.season, speaker),
        shown_at=notice.shown_at,
        is_read=read if asked or read else None,
    )


def _season(season: Season | None, speaker: Speaker) -> str | None:
    if season is None:
        return None
    return speaker.say(SEASON, first=month(season.first, speaker), last=month(season.last, speaker))


def notice_page(notice: Notice, readers: Mapping[str, datetime], speaker: Speaker, typed: Typed) -> NoticeView:
    """One notice as a page."""
    viewer, text, draft = speaker.viewer, notice.text, notice.state == "draft"
    issuing, approving = not viewer.roles.isdisjoint(ISSUING), not viewer.roles.isdisjoint(APPROVING)
    found, holds = shares(notice, readers, speaker.organisation), notice.state == "published"
    return NoticeView(
        row=notice_row(notice, speaker, viewer.id in readers and holds),
        rule=text.rule,
        consequence=text.consequence,
        product=text.product_name or text.product_code,
        issue_number=notice.issue_number,
        issue_href=f"/alerts/{notice.issue_id}" if notice.issue_id else None,
        version=notice.version,
        edition=notice.edition,
        story=_story(notice, speaker),
        turns_at=notice.turns_at,
        shares=[_share(share, speaker) for share in found] if notice.edition else [],
        read=sum(len(share.read) for share in found),
        people=sum(share.people for share in found),
        may_read=holds and viewer.id not in readers and confirms(viewer.roles),
        may_approve=draft and approving and notice.approved_by is None and viewer.id != notice.drafted_by,
        may_publish=draft and issuing and (notice.approved_by is not None or not text.for_consumers),
        may_revise=draft and issuing,
        may_withdraw=notice.state != "withdrawn" and approving,
        typed=typed,
    )


def _story(notice: Notice, speaker: Speaker) -> list[Happened]:
    """Who did what about it, the newest first."""
    told = (
        (WITHDRAWN, notice.withdrawn_by, notice.withdrawn_at, notice.reason),
        (PUBLISHED, notice.published_by, notice.published_at, None),
        (APPROVED, notice.approved_by, notice.approved_at, None),
        (WRITTEN, notice.drafted_by, notice.drafted_at, None),
    )
    return [Happened(at, speaker.say(text, person=speaker.name(by)), note) for text, by, at, note in told if by and at]


def _share(share: Share, speaker: Speaker) -> ShareView:
    """Names of those who have not read are for those who decide, and for the department's own managers."""
    viewer = speaker.viewer
    knows = decides(viewer) or (viewer.department == share.code and "dept_manager" in viewer.roles)
    left = _names([person.name for person in share.left], speaker) if knows and share.left else None
    return ShareView(speaker.department(share.code), len(share.read), share.people, left)


def _names(names: list[str], speaker: Speaker) -> str:
    few = ", ".join(names[:MOST_NAMES])
    return speaker.say(AND_MORE, names=few, count=len(names) - MOST_NAMES) if len(names) > MOST_NAMES else few


def values_of(notice: Notice) -> dict[str, list[str]]:
    """A draft as it stands in its form."""
    text, season = notice.text, notice.text.season
    plain = {name: [getattr(text, name) or ""] for name in ("title", "hazard", "rule", "consequence")}
    plain |= {"product_code": [text.product_code or ""], "product_name": [text.product_name or ""]}
    plain |= {"audience": text.audience}
    plain |= {"season_first": [str(season.first)], "season_last": [str(season.last)]} if season else {}
    plain |= {name: ["yes"] for name in ("for_consumers", "must_read") if getattr(text, name)}
    return plain
