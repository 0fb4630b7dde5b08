"""Sub-cases: each department gives its cause and how it will not happen again; the CS office may return it."""

from services.intake.domain.card import Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.changes import Drawn, Value, as_it_is, note_edits, refuse_overwriting
from services.intake.domain.clocks import meet, start
from services.intake.domain.guards import Brought
from services.intake.domain.moving import NoCard, WrongState, move
from services.intake.domain.parts import Removal, SubCase
from services.intake.domain.states import TRANSITIONS
from services.intake.domain.working import called, refuse_if_closed, refuse_strangers, updated
from shared.contracts.because import Because
from shared.contracts.cause import CauseFound, CauseReturned
from shared.errors import Conflict, Refused
from shared.language.i18n import _
from shared.privacy.masking import mask

PARTS = ("cause", "cause_text", "prevention")


class UnknownCause(Refused):
    """No cause of the list."""

    text = _("There is no such cause; choose one of the list.")


class NothingGiven(Conflict):
    """The department has not answered."""

    text = _("This department has not given anything that could be returned.")


def give_cause(card: Card, department: str, given: dict[str, str], drawn: Drawn | None, rules: CardRules) -> None:
    """A department's cause (`cause`, `cause_text`) and its `prevention`; the cause is found when nobody owes any more.

    Raises `UnknownCause`, `NotCalledOn`, `NotYourDepartment`, `WrongState`, `ChangedMeanwhile`.
    """
    complaint = card.complaint
    if not complaint.has_card:
        raise NoCard
    refuse_if_closed(card)
    subcase = called(card, department)
    refuse_strangers(card, department, but_cs=False)
    if given["cause"] not in rules.causes.by_code:
        raise UnknownCause("cause")
    if complaint.cause_state not in ("unknown", "found"):
        raise WrongState(TRANSITIONS["find"], complaint.cause_state)
    _write_down(card, subcase, given, drawn)
    meet(complaint, ("cause",), card.now, department)
    card.write("cause_found", department=department, text=subcase.cause_text, cause=subcase.cause)
    follow_owing(card, Brought(rules))
    complaint.record(_found(card, subcase))


def follow_owing(card: Card, brought: Brought) -> None:
    """The cause is known while nobody owes it, and unknown as soon as somebody does."""
    complaint = card.complaint
    if complaint.cause_state in ("found", "removing") and complaint.owing:
        move(card, "call_on_more", brought)
        card.write("cause_side", state="unknown")
    elif complaint.cause_state == "unknown" and not complaint.owing:
        move(card.as_system(), "find", brought)
        card.write("cause_side", state="found")


def _write_down(card: Card, subcase: SubCase, given: dict[str, str], drawn: Drawn | None) -> None:
    there: dict[str, Value] = {part: getattr(subcase, part) for part in PARTS}
    masked: dict[str, Value] = {part: given[part] if part == "cause" else mask(given[part]) for part in PARTS}
    prefix = f"{subcase.department}:"
    refuse_overwriting(card, there, masked, drawn, as_it_is, prefix)
    for part, value in masked.items():
        setattr(subcase, part, value)
    subcase.given_by, subcase.given_at = card.by.name, card.now
    subcase.returned_by = subcase.returned_because = subcase.fix = None
    note_edits(card, [prefix + part for part in PARTS])


def return_cause(card: Card, department: str, reason: str, rules: CardRules) -> None:
    """What a department gave is not enough: it owes anew, with a clock of its own. Raises `NothingGiven`."""
    refuse_if_closed(card)
    subcase = called(card, department)
    if subcase.owes:
        raise NothingGiven("department")
    masked = mask(reason)
    move(card, "return", Brought(rules, reason=reason, returns=department))
    owes_anew(card, subcase, masked, rules)
    because = Because(rule="cause.returned", version="1", inputs={"by": card.by.name})
    card.write("cause_returned", department=department, text=masked)
    tell_returned(card, department, [because])


def owes_anew(card: Card, subcase: SubCase, reason: str | None, rules: CardRules) -> None:
    """The department has to answer again; what it gave stays readable."""
    subcase.given_at = None
    subcase.returned_by, subcase.returned_because = card.by.name, reason
    start(card.complaint, "cause", rules, card.now, subcase.department, again=True)


def tell_returned(card: Card, department: str, because: list[Because]) -> None:
    """Tell that a department owes anew."""
    complaint = card.complaint
    complaint.record(
        CauseReturned(
            complaint_id=complaint.id,
            number=complaint.number,
            department=department,
            cause_state=complaint.cause_state,
            by=card.by.id,
            because=because,
        )
    )


def begin_removal(
    card: Card, text: str, effective_from: str | None, effective_lot: str | None, rules: CardRules
) -> None:
    """Say what is done so that the cause goes, and from which day or lot on it is gone (now or later)."""
    refuse_if_closed(card)
    move(card, "remove", Brought(rules))
    masked = mask(text)
    card.complaint.removal = Removal(
        text=masked, effective_from=effective_from, effective_lot=effective_lot, by=card.by.name, at=card.now
    )
    card.complaint.quiet_reminded = False
    card.write("removing", text=masked, effective_from=effective_from, effective_lot=effective_lot)
    updated(card, "removal", "cause_state")


def _found(card: Card, subcase: SubCase) -> CauseFound:
    complaint = card.complaint
    return CauseFound(
        complaint_id=complaint.id,
        number=complaint.number,
        department=subcase.department,
        cause=subcase.cause or "",
        product_code=complaint.product_code,
        owing=complaint.owing,
        cause_state=complaint.cause_state,
        by=card.by.name,
        found_at=card.now,
    )
