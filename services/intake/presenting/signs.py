"""Words and signs of both sides of a card, and of what a queue is chosen by: colour never stands alone."""

from typing import Final

from services.intake.domain.selection import Facet, Order, Which
from services.intake.domain.states import WORDS
from services.intake.presenting.choices import SHORT_KINDS as KINDS
from services.intake.presenting.choices import STAFF_CHANNELS
from shared.language.i18n import _
from shared.web.words import Sign

STATES: Final[dict[str, Sign]] = {
    "received": Sign(WORDS["received"], "inbox", "calm"),
    "assigned": Sign(WORDS["assigned"], "people", "notice"),
    "investigating": Sign(WORDS["investigating"], "eye", "notice"),
    "answered": Sign(WORDS["answered"], "send", "notice"),
    "reviewing": Sign(WORDS["reviewing"], "undo", "warning"),
    "resolved": Sign(WORDS["resolved"], "check", "good"),
    "reopened": Sign(WORDS["reopened"], "undo", "warning"),
    "withdrawn": Sign(WORDS["withdrawn"], "close", "calm"),
    "referred": Sign(WORDS["referred"], "send", "calm"),
}
CAUSES: Final[dict[str, Sign]] = {
    "none": Sign(WORDS["none"], "dot", "calm"),
    "unknown": Sign(WORDS["unknown"], "ring", "warning"),
    "found": Sign(WORDS["found"], "eye", "notice"),
    "removing": Sign(WORDS["removing"], "tool", "notice"),
    "verified": Sign(WORDS["verified"], "check", "good"),
    "not_ours": Sign(WORDS["not_ours"], "close", "calm"),
}
FACETS: Final[dict[Facet, str]] = {
    "due": _("Due"),
    "state": _("Customer's side"),
    "cause": _("Cause's side"),
    "severity": _("Severity"),
    "owes": _("Department that owes"),
    "assignee": _("In the hands of"),
    "department": _("Department called on"),
    "category": _("Category"),
    "product": _("Product"),
    "channel": _("Channel"),
    "issue": _("Issue"),
    "kind": _("Kind"),
}
DUES: Final[dict[str, str]] = {"overdue": _("Overdue"), "today": _("Due today"), "week": _("Due within a week")}
WHICHES: Final[dict[Which, str]] = {"open": _("Open"), "closed": _("Closed"), "all": _("All")}
ORDERS: Final[dict[Order, str]] = {"due": _("By due time"), "newest": _("Newest")}
CHANNELS: Final = {**STAFF_CHANNELS, "api": _("Program"), "web": _("Web form")}
ME: Final = _("Me")
NOBODY: Final = _("Nobody yet")
MINE: Final = _("My department")
WITH_ISSUE: Final = {"any": _("With an issue"), "none": _("Without an issue")}

__all__ = [
    "CAUSES",
    "CHANNELS",
    "DUES",
    "FACETS",
    "KINDS",
    "ME",
    "MINE",
    "NOBODY",
    "ORDERS",
    "STATES",
    "WHICHES",
    "WITH_ISSUE",
]
