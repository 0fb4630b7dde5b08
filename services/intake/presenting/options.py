"""What can be chosen in the forms of a card: values with their words."""

from typing import Final

from services.intake.domain.card import CS_ROLES
from services.intake.presenting.choices import REMEDIES, SHORT_KINDS
from services.intake.presenting.looking import Looking
from services.intake.views.card import Options
from services.intake.views.queue import Person
from shared.contracts.card import Evidence
from shared.language.i18n import _
from shared.web.words import SEVERITIES

EVIDENCE: Final[dict[Evidence, str]] = {
    "test_report": _("Test report"),
    "inspection": _("Inspection record"),
    "document": _("Document"),
    "figures": _("Figures"),
    "observation": _("Observation"),
}
STAGES: Final = {"final": _("The decision"), "interim": _("How far it is")}
GROUPS: Final = {
    "product": _("Product"),
    "logistics": _("Storage and delivery"),
    "service": _("Service"),
    "selling": _("Selling"),
    "outside": _("Outside"),
}


def options(looking: Looking) -> dict[str, Options]:
    """All choices of a card's forms."""
    say, rules, language = looking.say, looking.rules.card, looking.language
    departments = [d for d in looking.organisation.departments if d.active]
    return {
        "owner": [(person.id, person.name) for person in agents(looking)],
        "departments": [(d.code, d.names.in_(language)) for d in departments],
        "kind": [(code, say(word)) for code, word in SHORT_KINDS.items()],
        "category": [(code, names[language]) for code, names in looking.rules.category_names.items()],
        "severity": [(code, say(sign.word)) for code, sign in SEVERITIES.items()],
        "stage": [(code, say(word)) for code, word in STAGES.items()],
        "remedies": [(code, say(word)) for code, word in REMEDIES.items()],
        "recourse": [(body.code, body.names.in_(language)) for body in rules.policy.recourse],
        "body": [(body.code, body.names.in_(language)) for body in rules.policy.referral],
        "evidence": [(code, say(word)) for code, word in EVIDENCE.items()],
        "cause": causes(looking),
    }


def causes(looking: Looking) -> Options:
    """Causes by group, so that a long list is found through."""
    return [
        (cause.code, f"{looking.say(GROUPS[cause.group])} · {cause.names.in_(looking.language)}")
        for cause in looking.rules.card.causes.causes
    ]


def agents(looking: Looking) -> list[Person]:
    """Who can answer customers; the reader first."""
    people = [p for p in looking.organisation.people if p.active and CS_ROLES & set(p.roles)]
    people.sort(key=lambda person: (person.id != looking.viewer.id, person.name))
    return [Person(person.id, person.name, person.id == looking.viewer.id) for person in people]


def colleagues(department: str, looking: Looking) -> Options:
    """Who works in a department, and who stands in for somebody of it today."""
    own = [p for p in looking.organisation.people if p.active and p.department == department]
    deputies = {d.id: d for p in own if (d := looking.organisation.acting_for(p.id, looking.today)) is not None}
    people = {**{person.id: person for person in own}, **deputies}
    return sorted(((person.id, person.name) for person in people.values()), key=lambda one: one[1])
