"""What may be done to a card now by this reader; what is refused for the moment says what is missing."""

from collections.abc import Iterator
from typing import Final

from services.intake.domain.answering import step_of
from services.intake.domain.card import CS_ROLES, Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.guards import Brought
from services.intake.domain.moving import NoCard, NotPossibleYet, NotYours, WrongState, check
from services.intake.domain.parts import Answer, SubCase
from services.intake.domain.states import DONE
from services.intake.views.card import Offer
from shared.errors import Refused
from shared.language.i18n import Listed, _

TRANSITIONS: Final = {
    "acknowledge": _("Take in hand"),
    "accept": _("Resolve: the customer accepts"),
    "refuse": _("The customer does not accept"),
    "remove": _("State how the cause is removed"),
    "verify": _("Verify the removal of the cause"),
    "disown": _("Decide that the cause is not ours"),
    "look_again": _("Look for the cause again"),
    "refer": _("Refer to a body outside"),
    "withdraw": _("Withdraw the complaint"),
    "reopen": _("Open the customer's side again"),
}
"""Transitions that a person does with a form of their own."""
ANSWER: Final = _("Answer the customer")
OWN: Final = _("Who answers the customer")
DEPARTMENTS: Final = _("Call on departments")
OVERRIDE: Final = _("Correct the classification")
PAUSE: Final = _("Wait for the customer")
RESUME: Final = _("Wait no longer")
COMMENT: Final = _("Comment")
_GIVEN: Final = "given"
"""In place of what a form will bring along: only what lies with the card itself is to be seen."""


def offers(card: Card, rules: CardRules, language: str) -> Iterator[Offer]:
    """Everything that this reader may do, in the order in which it is usually done."""
    complaint, is_cs = card.complaint, bool(card.by.roles & CS_ROLES)
    done = complaint.state in DONE["customer"]
    if is_cs and not done and complaint.closed_at is None:
        yield Offer("answer", ANSWER, _missing_to_send(card, rules, language))
    for name, word in TRANSITIONS.items():
        if name == "acknowledge" and not is_cs and complaint.owner != card.by.id:
            continue  # departments take their own part in hand
        refusal = refused(card, name, Brought(rules, _GIVEN, (_GIVEN,), "document"))
        if refusal is None:
            yield Offer(name, word)
        elif not isinstance(refusal, NotYours | WrongState | NoCard):
            yield Offer(name, word, said(refusal, language))
    if is_cs and complaint.closed_at is None:
        yield Offer("own", OWN)
        yield Offer("departments", DEPARTMENTS)
        if complaint.pause is not None:
            yield Offer("resume", RESUME)
        elif not done and complaint.state != "answered":
            yield Offer("pause", PAUSE)
    if is_cs:
        yield Offer("override", OVERRIDE)
    yield Offer("comment", COMMENT)


def refused(card: Card, name: str, brought: Brought) -> Refused | None:
    """Why a transition would be refused now; None when it would not."""
    try:
        check(card, name, brought)
    except Refused as refusal:
        return refusal
    return None


def said(refusal: Refused, language: str) -> str:
    """What is missing, in words."""
    return Listed(refusal.missing, " ").in_(language) if isinstance(refusal, NotPossibleYet) else ""


def may_return(card: Card, subcase: SubCase, rules: CardRules) -> bool:
    """Whether what a department gave may be sent back to it by this reader."""
    return not subcase.owes and refused(card, "return", Brought(rules, _GIVEN, returns=subcase.department)) is None


def may_answer(card: Card, subcase: SubCase) -> bool:
    """Whether this reader may give the department's cause."""
    complaint = card.complaint
    looks = complaint.has_card and complaint.closed_at is None and complaint.cause_state in ("unknown", "found")
    return looks and card.works_on(subcase.department)


def _missing_to_send(card: Card, rules: CardRules, language: str) -> str:
    draft = card.complaint.draft or Answer(id="", stage="final", text="", drafted_at=card.now)
    step = step_of(card, draft)
    refusal = refused(card, step, Brought(rules, recourse=(_GIVEN,)))
    return said(refusal, language) if isinstance(refusal, NotPossibleYet) else ""
