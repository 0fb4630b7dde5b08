"""How a clock comes about: its rule, when it ends, which days do not count, when it is warned about."""

from datetime import datetime, timedelta
from typing import Final

from services.intake.domain.card_rules import CardRules
from services.intake.domain.clock_rules import ClockRule
from services.intake.domain.complaint import Complaint
from services.intake.domain.parts import Clock
from shared.contracts.card import ClockName
from shared.runtime.clock import KOREA

MOST_WOUND: Final = 4096

Wound = tuple[datetime, tuple[str, ...], datetime]
"""When a clock ends, the days that did not count, and when it is warned about."""


def make(
    complaint: Complaint, name: ClockName, rules: CardRules, now: datetime, department: str | None, again: bool = False
) -> Clock | None:
    """A clock that starts now, by the rule that holds for the complaint; None when there is no such rule."""
    rule = rules.clocks.rule_for(name, complaint, again)
    if rule is None:
        return None
    due, skipped, warned = wound(rule, rules, now)
    return Clock(
        name=name,
        department=department,
        rule=rule.id,
        version=rules.clocks.version,
        amount=rule.business_days or rule.business_minutes or 0,
        unit="days" if rule.business_days is not None else "minutes",
        pauses=rule.pauses,
        start_at=now,
        due_at=due,
        skipped=list(skipped),
        next_at=max(now, warned) if rules.clocks.levels[0].at == "warning" else due,
    )


def wound(rule: ClockRule, rules: CardRules, now: datetime) -> Wound:
    """How a clock runs that starts now: many start at the same moment, as all of a transaction do.

    One that counts days runs alike whenever it starts within a day.
    """
    start = now if rule.business_days is None else now.astimezone(KOREA).toordinal()
    known = rules.wound.get((rule.id, start))
    if known is None:
        if len(rules.wound) >= MOST_WOUND:
            rules.wound.clear()
        known = rules.wound[rule.id, start] = _wind(rule, rules, now)
    return known


def _wind(rule: ClockRule, rules: CardRules, now: datetime) -> Wound:
    if rule.business_days is None:
        return _with_warning(
            rule, rules, now, rules.calendar.add_business_time(now, timedelta(minutes=rule.business_minutes or 0))
        )
    return _with_warning(rule, rules, now, rules.calendar.add_business_days(now, rule.business_days, rule.ends))


def _with_warning(rule: ClockRule, rules: CardRules, now: datetime, due: datetime) -> Wound:
    before = timedelta(minutes=rule.warn_before_minutes)
    skipped = tuple(closed.day.isoformat() for closed in rules.calendar.closed_days(now, due))
    return due, skipped, rules.calendar.subtract_business_time(due, before)
