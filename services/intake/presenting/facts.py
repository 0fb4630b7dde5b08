"""What is known of a case, each as a name and a value; those that others share lead to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import quote

from services.intake.domain.complaint import Complaint
from services.intake.domain.sight import HarmKind
from services.intake.presenting import signs
from services.intake.presenting.choices import RELATIONS, REMEDIES
from services.intake.presenting.looking import Looking
from services.intake.views.card import Fact
from shared.language.i18n import _
from shared.runtime.clock import KOREA

QUEUE: Final = "/intake/complaints?which=all&order=newest"
NAMES: Final = {
    "product": _("Product"),
    "lot": _("Lot"),
    "manufactured_on": _("Manufactured on"),
    "bought_on": _("Bought on"),
    "occurred_at": _("Happened at"),
    "place": _("Place"),
    "remedy_sought": _("Remedy wanted"),
    "channel": _("Channel"),
    "represented_by": _("Represented by"),
    "filed_by": _("Entered by"),
    "knowledge_at": _("Known to us since"),
}
HARM: Final[dict[HarmKind, str]] = {
    "death": _("A death is stated"),
    "injury": _("An injury is stated"),
    "fire_or_explosion": _("Fire or explosion"),
    "property_damage": _("Damage to property"),
}
INJURED: Final = _("{count} injured")
TREATED: Final = _("{count} treated")
DEATHS: Final = _("{count} dead")
WEEKS: Final = _("up to {count} weeks of treatment")


def facts(complaint: Complaint, looking: Looking) -> list[Fact]:
    """What is known, without what is not."""
    say, values = looking.say, dict[str, str | None]()
    values["product"] = " · ".join(filter(None, (complaint.product_name, complaint.product_code)))
    values |= {name: getattr(complaint, name) for name in ("lot", "manufactured_on", "bought_on", "place")}
    values["occurred_at"] = _moment(complaint.occurred_at)
    values["remedy_sought"] = say(REMEDIES[complaint.remedy_sought]) if complaint.remedy_sought in REMEDIES else None
    values["channel"] = say(signs.CHANNELS.get(complaint.channel, complaint.channel))
    values["represented_by"] = (
        say(RELATIONS[complaint.represented_by]) if complaint.represented_by in RELATIONS else None
    )
    values["filed_by"] = looking.person(complaint.filed_by) if complaint.filed_by else None
    if complaint.knowledge_at != complaint.filed_at:
        values["knowledge_at"] = _moment(complaint.knowledge_at)
    links = {
        "product": f"{QUEUE}&product={quote(complaint.product_code)}" if complaint.product_code else None,
        "channel": f"{QUEUE}&channel={quote(complaint.channel)}",
    }
    return [Fact(say(NAMES[name]), value, links.get(name)) for name, value in values.items() if value]


def harm_words(complaint: Complaint, kinds: Sequence[HarmKind], looking: Looking) -> list[str]:
    """Harm as this reader sees it: numbers where they may, else the kinds alone."""
    harm, say = complaint.harm, looking.say
    counted = {DEATHS: harm.deaths, INJURED: harm.injured, TREATED: harm.treated, WEEKS: harm.longest_treatment_weeks}
    numbers = [say(word, count=count) for word, count in counted.items() if count]
    told = [say(HARM[kind]) for kind in kinds if not numbers or kind not in ("death", "injury")]
    return [*numbers, *told]


def _moment(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(KOREA):%Y-%m-%d %H:%M}" if moment else None
