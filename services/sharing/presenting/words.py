"""The words for employment, access, fields and what an import comes to."""

from typing import Final

from shared.language.i18n import _
from shared.web.words import Sign

EMPLOYMENT: Final = {
    "regular": _("Regular employee"),
    "contract": _("Fixed-term"),
    "part_time": _("Part-time"),
    "agency": _("Agency"),
    "intern": _("Intern"),
}
ACCESS: Final = {
    "open": Sign(_("May sign in"), "check", "good"),
    "first": Sign(_("Waits for the first sign-in"), "clock", "notice"),
    "blocked": Sign(_("Blocked"), "triangle", "danger"),
    "none": Sign(_("No account"), "ring", "calm"),
    "left": Sign(_("Has left"), "dot", "calm"),
}
LEVELS: Final = {
    "head": _("Head"),
    "lead": _("Team lead"),
    "assignee": _("Assignee"),
    "executive": _("Executive"),
}
FIELDS: Final = {
    "id": _("Id"),
    "name": _("Name"),
    "names": _("Names"),
    "name_ko": _("Korean name"),
    "employment": _("Employment"),
    "department": _("Department"),
    "roles": _("Roles"),
    "call_order": _("Order of calls"),
    "deputy": _("Deputy"),
    "leaves": _("Leave"),
    "leave_start": _("First day of leave"),
    "leave_end": _("Last day of leave"),
    "active": _("Works here"),
    "code": _("Code"),
    "successor": _("Taken over by"),
    "file": _("The file"),
    **LEVELS,
}
OUTCOMES: Final = {
    "added": Sign(_("Added"), "check", "good"),
    "changed": Sign(_("Changed"), "circle", "notice"),
    "left": Sign(_("Marked as left"), "dot", "warning"),
    "unchanged": Sign(_("Unchanged"), "ring", "calm"),
    "refused": Sign(_("Refused"), "triangle", "danger"),
}
STATES: Final = {
    "checking": _("Being checked"),
    "checked": _("Checked, nothing changed yet"),
    "applying": _("Being applied"),
    "applied": _("Applied"),
}
SCOPES: Final = (
    "complaints:read",
    "complaints:write",
    "issues:read",
    "events:read",
    "directory:read",
    "directory:write",
)
