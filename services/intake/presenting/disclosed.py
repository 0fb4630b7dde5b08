"""What was unsealed for one reader: the customer's own words, and how to reach them."""

from collections.abc import Mapping
from typing import Any, Final

from services.intake.presenting.choices import RELATIONS, VICTIMS
from services.intake.presenting.looking import Looking
from services.intake.views.card import Fact, Original
from shared.language.i18n import _

NAMES: Final = {"name": _("Name"), "phone": _("Telephone"), "email": _("E-mail")}
REPRESENTATIVE: Final = _("Representative: {field}")
PERSON: Final = _("{who}: {injury}, {weeks} weeks of treatment")


def original_of(title: str | None, body: str, private: Mapping[str, Any], looking: Looking) -> Original:
    """The original as the page shows it."""
    contact, other = private.get("contact") or {}, private.get("representative") or {}
    facts = [Fact(looking.say(NAMES[name]), contact[name]) for name in NAMES if contact.get(name)]
    if relation := other.get("relation"):
        facts.append(Fact(looking.say(REPRESENTATIVE, field=""), looking.say(RELATIONS.get(relation, relation))))
    facts += [
        Fact(looking.say(REPRESENTATIVE, field=looking.say(NAMES[name])), other[name])
        for name in NAMES
        if other.get(name)
    ]
    persons = (private.get("harm") or {}).get("persons") or []
    return Original(title, body, facts, [_person(one, looking) for one in persons])


def _person(person: Mapping[str, Any], looking: Looking) -> str:
    who = person.get("name") or looking.say(VICTIMS.get(person.get("who", ""), VICTIMS["complainant"]))
    return looking.say(PERSON, who=who, injury=person.get("injury") or "–", weeks=person.get("weeks", 0))
