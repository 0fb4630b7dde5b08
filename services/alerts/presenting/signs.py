"""How the states of issues and notices are shown: a word, an icon and a tone each."""

from typing import Final

from services.alerts.domain.issue import State
from services.alerts.domain.notice import Notice
from shared.language.i18n import _
from shared.web.words import Sign

ISSUE: Final[dict[State, Sign]] = {
    "watched": Sign(_("Watched"), "eye", "calm"),
    "open": Sign(_("Not acknowledged"), "bell", "warning"),
    "acknowledged": Sign(_("Acknowledged"), "check", "notice"),
    "contained": Sign(_("Contained"), "lock", "good"),
    "closed": Sign(_("Closed issue"), "inbox", "calm"),
    "joined": Sign(_("Joined elsewhere"), "people", "calm"),
}
NOTICE: Final = {
    "draft": Sign(_("Draft notice"), "circle", "calm"),
    "approved": Sign(_("Approved draft"), "check", "notice"),
    "published": Sign(_("In force"), "bell", "good"),
    "resting": Sign(_("Out of season"), "pause", "calm"),
    "withdrawn": Sign(_("Withdrawn notice"), "close", "calm"),
}


def notice_state(notice: Notice) -> str:
    """How a notice stands: its state, and of drafts whether they are approved."""
    return "approved" if notice.state == "draft" and notice.approved_by else notice.state


def sign_of(notice: Notice) -> Sign:
    """The sign of how a notice stands."""
    return NOTICE[notice_state(notice)]
