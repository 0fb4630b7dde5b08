"""The places that every page links to, each shown to those who may go there."""

from collections.abc import Sequence
from typing import Final

from shared.identity.policy import EVERYONE, Rule
from shared.identity.principal import Principal
from shared.language.i18n import _


class Place:
    """`Place("/alerts", _("Early warning"), EVERYONE, about=_("…"))`: address, message id of its word, who may.

    Who may is said as in the row of the route. With `about`, a message id that tells what is to be found there, it
    stands on the first page too; `count` is where a fragment says how much waits there.
    """

    def __init__(self, href: str, word: str, *allowed: str, about: str = "", count: str = "") -> None:
        self.href, self.word, self.about, self.count = href, word, about, count
        self._rule = Rule("GET", href, *allowed)

    def is_for(self, viewer: Principal) -> bool:
        """Whether the viewer may go there."""
        return self._rule.admits(viewer)


PLACES: Final[Sequence[Place]] = (
    Place(
        "/intake/work",
        _("My work"),
        EVERYONE,
        about=_("What waits for you today, by due time: sub-cases you owe, cards in your hands"),
        count="/intake/work/count",
    ),
    Place(
        "/alerts",
        _("Early warning"),
        EVERYONE,
        about=_("Open issues by step, why each one alarmed, and who is being called"),
    ),
    Place(
        "/intake/complaints",
        _("Complaints"),
        EVERYONE,
        about=_("Every complaint with its classification and its reasons, personal data masked"),
    ),
    Place(
        "/intake/complaints/new",
        _("File a complaint"),
        EVERYONE,
        about=_("Write down what a customer told you; hazards and departments show while you write"),
    ),
    Place(
        "/intake/calls",
        _("Calls"),
        "agent",
        "cs_manager",
        about=_("The call screen, calls that were begun, and those that broke down"),
    ),
    Place(
        "/intake/products",
        _("Products"),
        EVERYONE,
        about=_("Products with their lots and the units sold, from which complaint rates are counted"),
    ),
    Place(
        "/sharing/people",
        _("People"),
        "admin",
        "auditor",
        about=_("Who works here, in which role, who stands in for whom, and who may sign in"),
    ),
    Place(
        "/sharing/departments",
        _("Company departments"),
        "admin",
        "auditor",
        about=_("Departments with their heads, leads, assignees and executives"),
    ),
    Place(
        "/sharing/imports",
        _("Directory import"),
        "admin",
        about=_("People and departments from a file of the personnel office, with a report before anything changes"),
    ),
    Place("/sharing/keys", _("API keys"), "admin", "auditor", about=_("Keys of other systems, what each one may do")),
    Place(
        "/intake/accesses",
        _("Access log"),
        "auditor",
        about=_("Who looked at personal data, when and what for"),
    ),
    Place(
        "/asyncapi",
        _("Events"),
        "admin",
        about=_("All topics that other systems can read, with their schemas"),
    ),
)


def place_of(path: str, places: Sequence[Place]) -> str:
    """The address of the place that a path belongs to, the nearest of several; empty when it belongs to none."""
    around = [place.href for place in places if path == place.href or path.startswith(f"{place.href}/")]
    return max(around, key=len, default="")


def places_for(viewer: Principal) -> list[Place]:
    """The places that the viewer may go to, in order."""
    return [place for place in PLACES if place.is_for(viewer)]
