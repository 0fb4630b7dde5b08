"""The words of the story that stand for something: days, ways of filing, tones, the sentences around what is told."""

from typing import Final

from deploy.demo.material import Day
from deploy.demo.terminal import Tone
from shared.language.i18n import _

DAY_NAMES: Final[dict[Day, str]] = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
WAYS: Final[dict[str, str]] = {
    "web": _("customer, web form"),
    "phone": _("call, by an agent"),
    "employee": _("an employee"),
    "shop": _("shop, over the API"),
    "cti": _("CTI, by topic"),
    "email": _("e-mail, by topic"),
    "kca": _("consumer agency, by topic"),
}
"""Who filed and which way, by channel."""
TONES: Final[dict[str, Tone]] = {"critical": "alarm", "serious": "warn", "moderate": "plain", "minor": "dim"}
STEP_TONES: Final[tuple[Tone, ...]] = ("dim", "warn", "warn", "alarm")
WHY: Final = _("why: {words}")
TOLD_HOW: Final = _(
    "The company and everyone in it are invented. Complaints go in through the public API and the topic, as customers, "
    "employees and other systems would hand them in; what is told here is what the system answers. "
    "Open the alert board beside it:"
)
ALIKE: Final = _("↳ {number}: {count} complaints of one problem by now ({problem})")
CALLED: Final = _("{person} is called, and has to acknowledge")
OTHERWISE: Final = _("otherwise than the first time: {reason}")
REFUSED: Final = _("The system refuses, because:")
MOST_WORDS: Final = 4
