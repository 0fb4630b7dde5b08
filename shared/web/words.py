"""The words and signs for steps, severities and states: colour never stands alone."""

from typing import Final, NamedTuple

from shared.language.i18n import _


class Sign(NamedTuple):
    """How one value is shown: its word (message id), its icon in `icons.svg`, its tone in `ccms.css`."""

    word: str
    icon: str
    tone: str


STEPS: Final = {
    0: Sign(_("Watched"), "eye", "calm"),
    1: Sign(_("Step 1"), "step-1", "notice"),
    2: Sign(_("Step 2"), "step-2", "warning"),
    3: Sign(_("Step 3"), "step-3", "danger"),
}
SEVERITIES: Final = {
    "critical": Sign(_("Critical"), "flame", "danger"),
    "serious": Sign(_("Serious"), "triangle", "warning"),
    "moderate": Sign(_("Moderate"), "circle", "notice"),
    "minor": Sign(_("Minor"), "dot", "calm"),
}
ROLES: Final = {
    "consumer": _("Consumer"),
    "employee": _("Employee"),
    "agent": _("Agent"),
    "cs_manager": _("Customer office manager"),
    "dept_manager": _("Department manager"),
    "assignee": _("Assignee"),
    "executive": _("Executive"),
    "committee": _("Committee member"),
    "hr": _("Human resources"),
    "safety_officer": _("Safety officer"),
    "ceo": _("CEO"),
    "cco": _("CCO"),
    "admin": _("Administrator"),
    "auditor": _("Auditor"),
}
STATES: Final = {
    "open": Sign(_("Not acknowledged"), "bell", "warning"),
    "acknowledged": Sign(_("Acknowledged"), "check", "good"),
    "received": Sign(_("Received"), "inbox", "calm"),
    "assigned": Sign(_("Assigned"), "people", "notice"),
}
