"""Time limits in words: what has to happen until when, and how that time came about."""

from typing import Final

from services.intake.domain.clocks import stands_still
from services.intake.domain.complaint import Complaint
from services.intake.domain.parts import Clock
from services.intake.presenting.looking import Looking
from services.intake.presenting.timeline import CLOCKS
from services.intake.views.card import ClockView
from shared.language.i18n import _
from shared.runtime.clock import KOREA

DAYS: Final = _("{amount} business days from {start}")
MINUTES: Final = _("{amount} minutes of working time from {start}")
SKIPPED: Final = _("not counted: {days}")
PAUSED: Final = _("stood still for {minutes} minutes of working time")
SOURCE: Final = _("after {source}")
MODEL: Final = _("modelled on {source}")
OWN: Final = "default"
OWN_AFTER: Final = "default, after "
"""How `clocks.yaml` says that a length is this product's own, and what it was modelled on."""
NEXT_CALL: Final = _("{level} is called next")
LEVELS: Final = {
    "assignee": _("Assignee"),
    "lead": _("Team lead"),
    "head": _("Department head"),
    "executive": _("Executive"),
}


def clock_view(clock: Clock, complaint: Complaint, looking: Looking) -> ClockView:
    """One clock as it is shown."""
    still = stands_still(clock, complaint)
    level = (
        looking.rules.card.clocks.level_at(clock.stage) if clock.is_running and clock.next_at and not still else None
    )
    return ClockView(
        word=looking.say(CLOCKS[clock.name]),
        department=looking.department(clock.department) if clock.department else None,
        due_at=clock.due_at,
        met_at=clock.met_at,
        is_overdue=clock.is_running and not still and clock.due_at < looking.now,
        stands_still=still,
        because=_because(clock, looking),
        next_call=looking.say(NEXT_CALL, level=looking.say(LEVELS[level.level])) if level else None,
    )


def _because(clock: Clock, looking: Looking) -> str:
    start = f"{clock.start_at.astimezone(KOREA):%m-%d %H:%M}"
    said = [looking.say(DAYS if clock.unit == "days" else MINUTES, amount=clock.amount, start=start)]
    if clock.skipped:
        said.append(looking.say(SKIPPED, days=", ".join(day[5:] for day in clock.skipped)))
    if clock.paused_minutes:
        said.append(looking.say(PAUSED, minutes=clock.paused_minutes))
    rule = looking.rules.card.clocks.by_id.get(clock.rule)
    own, _after, model = (rule.source if rule else "").partition(OWN_AFTER)
    if model:
        said.append(looking.say(MODEL, source=model))
    elif own and own != OWN:
        said.append(looking.say(SOURCE, source=own))
    return " · ".join(said)
