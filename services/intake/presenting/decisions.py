"""What the machine decided about a complaint, with its reasons as sentences."""

from collections.abc import Sequence
from typing import Final

from services.intake.domain.complaint import Complaint
from services.intake.presenting.looking import Looking
from services.intake.views.card import DecisionView
from shared.contracts.because import Because
from shared.contracts.complaint import RoutedTo
from shared.language.i18n import _
from shared.language.reasons import sentence
from shared.web.words import SEVERITIES

CATEGORY: Final = _("Category")
HAZARDS: Final = _("Hazards")
SEVERITY: Final = _("Severity")
ASSESSMENT: Final = _("Complexity · impact")
IMMEDIATE: Final = _("Immediate action")
CORRECTED: Final = _("Corrected by {person}: {reason}")
RULES: Final = ("severity", "complexity", "impact", "immediate")
LEVELS: Final = {"low": _("low"), "medium": _("medium"), "high": _("high")}
NEEDED: Final = {True: _("needed"), False: _("not needed")}


def decisions(complaint: Complaint, looking: Looking) -> list[DecisionView]:
    """Category, hazards, severity, the rest of the assessment."""
    rules, say = looking.rules.classification, looking.say
    hazards = ", ".join(rules.hazards.names[kind].in_(looking.language) for kind in complaint.hazards)
    first = complaint.candidates[0].because if complaint.candidates else []
    others = [reason for reason in complaint.because if reason not in first]
    of = {kind: [r for r in others if r.rule.startswith(f"{kind}.")] for kind in RULES}
    told = [reason for reason in others if reason.words]
    assessed = f"{say(LEVELS[complaint.complexity])} · {say(LEVELS[complaint.impact])}"
    return [
        _decision(CATEGORY, _category(complaint, looking), first, complaint, looking, "category"),
        _decision(HAZARDS, hazards or "–", told, complaint, looking),
        _decision(SEVERITY, say(SEVERITIES[complaint.severity].word), of["severity"], complaint, looking, "severity"),
        _decision(ASSESSMENT, assessed, of["complexity"] + of["impact"], complaint, looking),
        _decision(IMMEDIATE, say(NEEDED[complaint.immediate_action]), of["immediate"], complaint, looking),
    ]


def called_on(complaint: Complaint, looking: Looking) -> list[DecisionView]:
    """The departments that were called on at first, with the people in them and why."""
    return [_department(routed, looking) for routed in complaint.departments]


def _decision(
    name: str, value: str, because: Sequence[Because], complaint: Complaint, looking: Looking, field: str = ""
) -> DecisionView:
    corrected = [
        looking.say(CORRECTED, person=looking.person(override.by), reason=override.reason)
        for override in complaint.overrides
        if override.field == field
    ]
    return DecisionView(looking.say(name), value, [*reversed(corrected), *_reasons(because, looking)])


def _category(complaint: Complaint, looking: Looking) -> str:
    """What holds now, and the best three of the machine rather than one guess."""
    guesses = [f"{looking.category(c.category)} {c.score:.0%}" for c in complaint.candidates]
    now = looking.category(complaint.category)
    return f"{now} ({', '.join(guesses)})" if guesses else now


def _department(routed: RoutedTo, looking: Looking) -> DecisionView:
    people = [looking.person(id) for id in dict.fromkeys((routed.head, routed.lead, routed.assignee))]
    return DecisionView(looking.department(routed.department), " · ".join(people), _reasons(routed.because, looking))


def _reasons(because: Sequence[Because], looking: Looking) -> list[str]:
    return [sentence(reason, looking.language) for reason in because]
