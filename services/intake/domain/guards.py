"""What has to hold before a transition, by name: each guard says in plain words what is still missing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from services.intake.domain.card import Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.waiting import quiet_ends, silence_ends
from shared.contracts.card import Evidence
from shared.identity.organisation import Organisation
from shared.language.i18n import Said, _
from shared.rules import Names
from shared.runtime.clock import KOREA


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: `code` for programs, the rest for people."""

    code: str
    text: str
    inputs: Mapping[str, object] = field(default_factory=dict)
    department: str | None = None

    def in_(self, language: str) -> str:
        """The sentence in one language."""
        return Said(self.text, self.inputs).in_(language)


@dataclass(frozen=True, slots=True)
class Brought:
    """What the one who acts brings along. `recurred_on` is a complaint that shows that the fix did not hold."""

    rules: CardRules
    reason: str | None = None
    recourse: tuple[str, ...] = ()
    evidence: Evidence | None = None
    returns: str | None = None
    recurred_on: str | None = None


Guard = Callable[[Card, Brought], Iterator[Missing]]


def department_name(organisation: Organisation, code: str) -> Names:
    """What people call a department; its code when nobody knows it any more."""
    found = organisation.department(code)
    return found.names if found else Names(ko=code, en=code)


def _called_on(card: Card, _brought: Brought) -> Iterator[Missing]:
    called = any(card.works_on(subcase.department) for subcase in card.complaint.subcases)
    if not called and card.complaint.owner != card.by.id and "cs" not in card.acts_as():
        yield Missing("not_called_on", _("Only those who were called on can take this in hand."))


def _nobody_owes(card: Card, _brought: Brought) -> Iterator[Missing]:
    for code in card.complaint.owing:
        name = department_name(card.organisation, code)
        yield Missing("cause_owed", _("{department} still owes its cause and prevention."), {"department": name}, code)


def _reason_given(_card: Card, brought: Brought) -> Iterator[Missing]:
    if not brought.reason:
        yield Missing("reason", _("A reason is needed."))


def _other_than_who_answered(card: Card, _brought: Brought) -> Iterator[Missing]:
    sent = [answer for answer in card.complaint.answers if answer.stage == "final" and answer.sent_at]
    if any(card.by.id in (answer.sent_by, *answer.writers) for answer in sent):
        yield Missing(
            "other_person",
            _("Another person than the one who answered has to review: nobody reviews their own answer."),
        )


def _names_recourse(_card: Card, brought: Brought) -> Iterator[Missing]:
    if not brought.recourse:
        yield Missing("recourse", _("The answer after a review has to name where the customer can turn to outside."))


def _silent_long_enough(card: Card, brought: Brought) -> Iterator[Missing]:
    until = silence_ends(card.complaint, brought.rules)
    if until is None or card.now < until:
        yield Missing("silence", _("The customer may still object to the answer."))


def _nothing_given(card: Card, _brought: Brought) -> Iterator[Missing]:
    for subcase in card.complaint.subcases:
        if not subcase.owes:
            name = department_name(card.organisation, subcase.department)
            text = _("{department} has found a cause already, and a cause has to be removed.")
            yield Missing("cause_given", text, {"department": name}, subcase.department)


def _not_own_answer(card: Card, brought: Brought) -> Iterator[Missing]:
    subcase = card.complaint.subcase(brought.returns or "")
    if subcase is not None and subcase.given_by == card.by.id and card.by.id is not None:
        yield Missing("own_answer", _("Nobody judges the cause that they gave themselves."))


def _removal_stated(card: Card, _brought: Brought) -> Iterator[Missing]:
    removal = card.complaint.removal
    if removal is None or removal.effective_from is None:
        yield Missing("removal", _("It is not stated yet from which day on the cause is removed."))


def _evidence_given(_card: Card, brought: Brought) -> Iterator[Missing]:
    if brought.evidence is None:
        yield Missing("evidence", _("Evidence that the cause is gone is needed."))


def _quiet_long_enough(card: Card, brought: Brought) -> Iterator[Missing]:
    if brought.recurred_on:
        text = _("The same cause came back after the fix, in complaint {number}.")
        yield Missing("recurred", text, {"number": brought.recurred_on})
    ends = quiet_ends(card.complaint, brought.rules)
    if ends is not None and card.now < ends:
        text = _("The quiet period lasts until {day}: {days} days without recurrence after the fix.")
        day = ends.astimezone(KOREA).date().isoformat()
        yield Missing("quiet_period", text, {"day": day, "days": brought.rules.policy.quiet_days})


def _not_own_fix(card: Card, _brought: Brought) -> Iterator[Missing]:
    complaint = card.complaint
    fixers = {subcase.given_by for subcase in complaint.subcases}
    fixers |= {complaint.removal.by} if complaint.removal else set()
    if card.by.id in fixers:
        yield Missing("own_fix", _("Nobody verifies their own fix: another person has to."))


def _recurred(card: Card, _brought: Brought) -> Iterator[Missing]:
    if card.complaint.verification is None:
        yield Missing("no_fix", _("There is no verified fix that could have failed."))


GUARDS: Final[dict[str, Guard]] = {
    "called_on": _called_on,
    "nobody_owes": _nobody_owes,
    "reason_given": _reason_given,
    "other_than_who_answered": _other_than_who_answered,
    "names_recourse": _names_recourse,
    "silent_long_enough": _silent_long_enough,
    "nothing_given": _nothing_given,
    "not_own_answer": _not_own_answer,
    "removal_stated": _removal_stated,
    "evidence_given": _evidence_given,
    "quiet_long_enough": _quiet_long_enough,
    "not_own_fix": _not_own_fix,
    "recurred": _recurred,
}
