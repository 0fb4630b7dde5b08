"""The words for what can be chosen in forms."""

from typing import Final

from shared.language.i18n import _

KINDS: Final = {
    "complaint": _("A complaint about a product or a service"),
    "damage": _("Somebody was hurt or something was damaged"),
    "inquiry": _("A question"),
    "suggestion": _("A suggestion"),
    "praise": _("Praise"),
}
SHORT_KINDS: Final = {
    "complaint": _("Complaint"),
    "damage": _("Damage"),
    "inquiry": _("Question"),
    "suggestion": _("Suggestion"),
    "praise": _("Praise"),
}
REMEDIES: Final = {
    "repair": _("Repair"),
    "exchange": _("Exchange"),
    "refund": _("Refund"),
    "goodwill": _("Goodwill compensation"),
    "damages": _("Damages"),
    "rescission": _("Cancel the contract"),
    "termination": _("End the contract"),
    "performance": _("Do what was agreed"),
    "apology": _("An apology"),
    "information": _("An explanation"),
}
RELATIONS: Final = {
    "family": _("Family"),
    "guardian": _("Legal guardian"),
    "lawyer": _("Lawyer"),
    "organisation": _("Consumer organisation or institution"),
    "other": _("Somebody else"),
}
VICTIMS: Final = {
    "complainant": _("The person who complains"),
    "family": _("Somebody of the family"),
    "other": _("Another person"),
}
PUBLIC_VICTIMS: Final = {**VICTIMS, "complainant": _("Me, or the person I file for")}
WHOM: Final = {"self": _("For myself"), "other": _("For somebody else")}
STAFF_CHANNELS: Final = {
    "phone": _("Phone"),
    "store": _("Shop counter"),
    "email": _("E-mail"),
    "chat": _("Chat"),
    "employee": _("Employee"),
    "kca": _("Korea Consumer Agency"),
    "1372": _("1372 Consumer Counselling Center"),
}
