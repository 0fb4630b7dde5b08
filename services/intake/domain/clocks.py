"""The clocks of a complaint: started, met, standing still, warned about, passed."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from services.intake.domain.card_rules import CardRules
from services.intake.domain.complaint import Complaint
from services.intake.domain.parts import Clock
from services.intake.domain.winding import make
from shared.calendar.business import NOTHING, BusinessCalendar
from shared.contracts.because import Because
from shared.contracts.card import ClockName

AT_FILING: Final[tuple[ClockName, ...]] = ("acknowledge", "first_response", "progress", "resolution")
MET_BY_INTERIM: Final[frozenset[ClockName]] = frozenset({"first_response", "progress"})
CUSTOMERS: Final[frozenset[ClockName]] = MET_BY_INTERIM | {"acknowledge", "resolution", "review"}
"""Clocks of the customer's side: met by a final answer, and over with it. The others are the departments'."""


def start_first(complaint: Complaint, rules: CardRules, now: datetime) -> None:
    """Start what runs from filing on. Imported history starts none."""
    wanted: list[tuple[ClockName, str | None]] = [(name, None) for name in AT_FILING]
    if complaint.has_card:
        wanted += [("cause", subcase.department) for subcase in complaint.subcases]
    made = (make(complaint, name, rules, now, department) for name, department in wanted)
    complaint.clocks = [clock for clock in made if clock is not None]


def start(
    complaint: Complaint, name: ClockName, rules: CardRules, now: datetime, department: str | None = None,
    *, again: bool = False,
) -> None:  # fmt: skip
    """Start a clock, in place of one of the same name and department."""
    others = [clock for clock in complaint.clocks if (clock.name, clock.department) != (name, department)]
    made = make(complaint, name, rules, now, department, again)
    complaint.clocks = [*others, made] if made else others


def meet(complaint: Complaint, names: Iterable[ClockName], now: datetime, department: str | None = None) -> None:
    """What these clocks ask for has happened."""
    for clock in complaint.clocks:
        if clock.name in names and clock.department == department and clock.is_running:
            clock.met_at, clock.next_at = now, None


def reapply(complaint: Complaint, rules: CardRules) -> None:
    """What was corrected may call for another rule: the clock runs by that one, from when it was started."""
    for place, clock in enumerate(complaint.clocks):
        rule = rules.clocks.rule_for(clock.name, complaint)
        usual = rules.clocks.by_id.get(clock.rule)
        if rule is None or rule.id == clock.rule or not clock.is_running or (usual is not None and usual.again):
            continue
        made = make(complaint, clock.name, rules, clock.start_at, clock.department)
        if made is not None:
            made.stage, made.paused_minutes, made.late_minutes = clock.stage, clock.paused_minutes, clock.late_minutes
            if clock.paused_minutes and made.pauses:
                made.due_at = rules.calendar.add_business_time(made.due_at, timedelta(minutes=clock.paused_minutes))
            made.next_at = stage_time(made, made.stage, rules)
            complaint.clocks[place] = made


def drop(complaint: Complaint, department: str) -> None:
    """A department is not asked any more."""
    complaint.clocks = [clock for clock in complaint.clocks if clock.department != department]


def drop_causes(complaint: Complaint) -> None:
    """No department is asked for a cause any more."""
    complaint.clocks = [clock for clock in complaint.clocks if clock.name != "cause" or clock.met_at]


def resume(complaint: Complaint, since: datetime, now: datetime, calendar: BusinessCalendar) -> None:
    """Clocks that stood still go on: each ends later by the working time that has passed since.

    One that was over before stays over, and calls its further levels later by as much.
    """
    missed = calendar.business_time_between(since, now)
    if not missed:
        return
    for clock in complaint.clocks:
        if not clock.pauses or not clock.is_running:
            continue
        if clock.next_at is not None:
            clock.next_at = calendar.add_business_time(clock.next_at, missed)
        if clock.due_at <= since:
            clock.late_minutes += round(missed / timedelta(minutes=1))
            continue
        later = calendar.add_business_time(clock.due_at, missed)
        clock.skipped = sorted({*clock.skipped, *_closed(calendar, clock.due_at, later)})
        clock.due_at = later
        clock.paused_minutes += round(missed / timedelta(minutes=1))


def running(complaint: Complaint) -> Iterator[Clock]:
    """The clocks that run now; those that may pause do not while the customer has to do something."""
    paused = complaint.pause is not None
    for clock in complaint.clocks:
        if clock.is_running and not (paused and clock.pauses):
            yield clock


def stands_still(clock: Clock, complaint: Complaint) -> bool:
    """Whether a clock that is not met waits for the customer now."""
    return complaint.pause is not None and clock.pauses and clock.is_running


def why_due(clock: Clock) -> Because:
    """How the due time of a clock came about: start, rule, days that did not count, time stood still."""
    inputs: dict[str, str | int | float | bool] = {
        "start": clock.start_at.isoformat(),
        clock.unit: clock.amount,
        "due": clock.due_at.isoformat(),
        "skipped": ", ".join(clock.skipped),
        "paused_minutes": clock.paused_minutes,
    }
    return Because(rule=clock.rule, version=clock.version, inputs=inputs, threshold=clock.amount)


def stage_time(clock: Clock, stage: int, rules: CardRules) -> datetime | None:
    """When the level at a stage is called; None when all have been."""
    level = rules.clocks.level_at(stage)
    if level is None:
        return None
    if level.at == "due":
        after = timedelta(minutes=level.after_minutes + clock.late_minutes) if level.after_minutes else NOTHING
        return rules.calendar.add_business_time(clock.due_at, after) if after else clock.due_at
    rule = rules.clocks.by_id.get(clock.rule)
    before = timedelta(minutes=rule.warn_before_minutes if rule else 0)
    return max(clock.start_at, rules.calendar.subtract_business_time(clock.due_at, before))


def _closed(calendar: BusinessCalendar, start: datetime, end: datetime) -> list[str]:
    return [closed.day.isoformat() for closed in calendar.closed_days(start, end)]
