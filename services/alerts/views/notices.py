"""What the pages of notices show."""

from dataclasses import dataclass, field
from datetime import datetime

from services.alerts.views.board import Tab
from services.alerts.views.typed import Typed
from services.alerts.views.work import Choice
from shared.web.words import Sign


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice in a list. `audience` and `season` in words; `is_read` is None when the viewer is not asked."""

    id: str
    number: str
    title: str
    hazard: str
    href: str
    state: str
    sign: Sign
    must_read: bool
    for_consumers: bool
    audience: str
    season: str | None
    shown_at: datetime
    is_read: bool | None = None


@dataclass(frozen=True, slots=True)
class NoticeListView:
    """A list of notices with its filters."""

    rows: list[NoticeRow]
    tabs: list[Tab]
    which: str
    may_write: bool
    next: str | None = None
    first: str | None = None


@dataclass(frozen=True, slots=True)
class ShareView:
    """A department and how many of it have read; `left` names those who have not, for who may know."""

    department: str
    read: int
    people: int
    left: str | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that somebody did about a notice, in words."""

    at: datetime
    text: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice as a page, with what the viewer may do about it."""

    row: NoticeRow
    rule: str
    consequence: str
    product: str | None
    issue_number: str | None
    issue_href: str | None
    version: int
    edition: int
    story: list[Happened] = field(default_factory=list)
    turns_at: datetime | None = None
    shares: list[ShareView] = field(default_factory=list)
    read: int = 0
    people: int = 0
    may_read: bool = False
    may_approve: bool = False
    may_publish: bool = False
    may_revise: bool = False
    may_withdraw: bool = False
    typed: Typed = field(default_factory=Typed)


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """The form of a notice: a new one, one out of an issue, or a draft that is written anew."""

    action: str
    back: str
    heading: str
    typed: Typed
    version: int | None
    issue_number: str | None
    months: list[Choice]
    departments: list[Choice]
