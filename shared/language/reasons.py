"""A `Because` as a sentence for people: what decided, by which words or figures, under which rule."""

import re
from datetime import datetime
from typing import Final

from shared.contracts.because import Because
from shared.language.i18n import Said, _, translate
from shared.runtime.clock import KOREA

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(\+00:00|Z)")

BY_RULE: Final = {
    "playbook.unanswered": _("Nobody acknowledged within {threshold} seconds"),
    "harm.stated": _("Harm was stated by the one who complained"),
    "harm.in_confidence": _(
        "The complaint is about an employee; what it says of harm is read by those who look into it"
    ),
    "grouping.same-series": _("Same product and same problem"),
    "grouping.joined": _("A graver issue was joined to it"),
    "containment.carried-out": _("Every department has confirmed"),
    "playbook.action-late": _("It was not done in time"),
    "notice.season": _("Its season has begun"),
    "category.fallback": _("Nothing in the text points to a category"),
    "clock.level.warning": _("The end of a clock is near: {level} is warned"),
    "clock.level.due": _("A clock has passed its end: {level} is called"),
    "card.silence": _("Answered on {answered_at}, and no objection within {threshold} business days"),
    "card.quiet_period": _("{threshold} days without recurrence since {effective_from}"),
    "card.reopened": _("The customer's side was opened again"),
    "card.looked_again": _("The cause is looked for again"),
    "cause.returned": _("The customer office returned the cause"),
    "improvement.verified": _("An improvement task was verified, for units from {effective_from} on"),
    "recurrence.recurred": _("The same cause came back in {complaint}, within {threshold} days of a verified fix"),
    "recurrence.before": _("{complaint} is a unit from before the fix of {effective_from}"),
    "recurrence.covered": _("{complaint} came before the fix of {effective_from} was verified"),
    "succession.department_closed": _("The department was closed; its work went to {successor}"),
    "succession.on_leave": _("Away: who stands in has it in hand"),
    "succession.has_left": _("Has left: the work went on to somebody who is here"),
    "succession.is_back": _("Back again: the work is in the usual hands"),
}
BY_KIND: Final = {
    "none_of_these": _("No rule for more holds"),
    "category": _("The text speaks of it"),
    "lookalike": _("It reads like the same matter"),
    "route": _("The routing rules call on this department"),
    "severity": _("A rule of severity holds"),
    "complexity": _("A rule of complexity holds"),
    "impact": _("A rule of impact holds"),
    "immediate": _("A rule of urgency holds"),
    "override": _("A person decided it"),
}
"""By the last part of a rule's name, else by its first."""
OF_CLOCKS: Final = {
    "days": _("{days} business days after {start}, until {due}"),
    "minutes": _("{minutes} minutes of working time after {start}, until {due}"),
}
"""How a due time came about, by what is counted."""
LEVELS: Final = {
    "assignee": _("the person in charge"),
    "lead": _("the team lead"),
    "head": _("the head of the department"),
    "executive": _("the executive"),
}
SKIPPED: Final = _("not counted: {skipped}")
STOOD_STILL: Final = _("stood still for {paused_minutes} minutes of working time")
READ_AS: Final = {
    "happened": _("it happened"),
    "near_miss": _("it nearly happened"),
    "concern": _("it is feared or asked about"),
}
WORDS: Final = _("words: {words}")
RULE: Final = _("rule {rule}, version {version}")


def sentence(reason: Because, language: str, lead: str | None = None, *, brief: bool = False) -> str:
    """The reason as a sentence; `lead` is a rule's own text where it has one. `brief` leaves out which rule it is."""
    parts = [lead or _lead(reason, language), *_of_clock(reason, language)]
    if reason.words:
        quoted = ", ".join(f"“{word}”" for word in dict.fromkeys(reason.words))
        parts.append(translate(WORDS, language, words=quoted))
    if not brief or not any(parts):
        parts.append(translate(RULE, language, rule=reason.rule, version=reason.version))
    return " · ".join(part for part in parts if part)


def _lead(reason: Because, language: str) -> str:
    kind, _dot, name = reason.rule.partition(".")
    read_as = str(reason.inputs.get("read_as", ""))
    counted = next((counts for unit, counts in OF_CLOCKS.items() if kind == "clock" and unit in reason.inputs), None)
    known = BY_RULE.get(reason.rule) or counted or BY_KIND.get(name) or BY_KIND.get(kind) or READ_AS.get(read_as)
    return translate(known, language, **_inputs(reason)) if known else ""


def _of_clock(reason: Because, language: str) -> list[str]:
    """Which days a clock did not count, and how long it stood still."""
    if "due" not in reason.inputs:
        return []
    named = {"skipped": SKIPPED, "paused_minutes": STOOD_STILL}
    return [translate(said, language, **_inputs(reason)) for name, said in named.items() if reason.inputs.get(name)]


def _inputs(reason: Because) -> dict[str, object]:
    """What fills the places; moments as a clock in Korea shows them."""
    level = {"level": Said(LEVELS[str(reason.inputs["level"])])} if reason.inputs.get("level") in LEVELS else {}
    return {name: _plain(value) for name, value in reason.inputs.items()} | {"threshold": reason.threshold} | level


def _plain(value: object) -> object:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return value
    return f"{datetime.fromisoformat(value).astimezone(KOREA):%Y-%m-%d %H:%M}"
