"""The customer's side of the card: accepted, refused, withdrawn, referred, opened again, rated."""

from typing import Literal

from services.intake.domain.card import Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.clocks import CUSTOMERS, meet, start
from services.intake.domain.guards import Brought
from services.intake.domain.moving import move
from services.intake.domain.parts import Rating, Referral
from services.intake.domain.pausing import end_pause
from services.intake.domain.waiting import why_silent
from services.intake.domain.working import updated
from shared.contracts.because import Because
from shared.contracts.card import (
    ComplaintRated,
    ComplaintReferred,
    ComplaintReopened,
    ComplaintResolved,
    ComplaintWithdrawn,
)
from shared.errors import Conflict, Refused
from shared.language.i18n import _
from shared.privacy.masking import mask

How = Literal["accepted", "accepted_by_phone", "silence"]


class UnknownBody(Refused):
    """No body of the list."""

    text = _("There is no such body to refer to; choose one of the list.")


class NothingToRate(Conflict):
    """There was no answer yet."""

    text = _("There is nothing to rate yet: the complaint has not been answered.")


def accept(card: Card, rules: CardRules, note: str | None = None) -> None:
    """The customer accepts the answer; `note` says how the CS office heard of it."""
    move(card, "accept", Brought(rules))
    how: How = "accepted" if card.by.kind == "customer" else "accepted_by_phone"
    card.write("accepted", text=mask(note) if note else None, how=how)
    _resolved(card, how, [], rules)


def fall_silent(card: Card, rules: CardRules) -> None:
    """The time for an objection has passed: silence is acceptance."""
    because = [why_silent(card.complaint, rules)]
    move(card, "fall_silent", Brought(rules))
    card.write("fell_silent", because=because)
    _resolved(card, "silence", because, rules)


def refuse(card: Card, reason: str, rules: CardRules) -> None:
    """The customer refuses the answer: another person reviews it, within a time of its own."""
    move(card, "refuse", Brought(rules, reason=reason))
    complaint = card.complaint
    answered_by = {answer.sent_by for answer in complaint.answers}
    if complaint.owner in answered_by:
        complaint.owner = None
    card.write("refused", text=mask(reason))
    start(complaint, "review", rules, card.now)
    updated(card, "state")


def withdraw(card: Card, reason: str, rules: CardRules) -> None:
    """The customer takes the complaint back; the cause is looked for all the same."""
    move(card, "withdraw", Brought(rules, reason=reason))
    _over(card, rules)
    card.write("withdrawn", text=mask(reason))
    complaint = card.complaint
    complaint.record(
        ComplaintWithdrawn(complaint_id=complaint.id, number=complaint.number, by=card.by.id, withdrawn_at=card.now)
    )


def refer(card: Card, body: str, number: str | None, reason: str, rules: CardRules) -> None:
    """Hand the customer's side over to a body outside. Raises `UnknownBody`."""
    if body not in {one.code for one in rules.policy.referral}:
        raise UnknownBody("body")
    move(card, "refer", Brought(rules, reason=reason))
    _over(card, rules)
    complaint, masked = card.complaint, mask(reason)
    complaint.referral = Referral(
        by=card.by.name, at=card.now, reason=masked, body=body, number=mask(number) if number else None
    )
    card.write("referred", text=masked, body=body, number=complaint.referral.number)
    complaint.record(
        ComplaintReferred(
            complaint_id=complaint.id, number=complaint.number, body=body, by=card.by.name, referred_at=card.now
        )
    )


def reopen(card: Card, reason: str, rules: CardRules) -> None:
    """The customer's side is open again, with a time of its own for the result."""
    move(card, "reopen", Brought(rules, reason=reason))
    complaint = card.complaint
    complaint.reopened += 1
    complaint.resolved_at = complaint.answered_at = complaint.referral = None
    start(complaint, "resolution", rules, card.now)
    card.write("reopened", text=mask(reason), side="customer")
    tell_reopened(card, "customer", [Because(rule="card.reopened", version="1", inputs={"by": card.by.name})])


def rate(card: Card, stars: int, words: str | None) -> None:
    """How content the customer is, once there was an answer; a later rating takes the place of an earlier one."""
    complaint = card.complaint
    if not any(answer.sent_at and answer.stage == "final" for answer in complaint.answers):
        raise NothingToRate
    complaint.rating = Rating(stars=stars, words=mask(words) if words else None, at=card.now)
    card.write("rated", text=complaint.rating.words, stars=stars)
    complaint.record(ComplaintRated(complaint_id=complaint.id, number=complaint.number, stars=stars, rated_at=card.now))


def reply(card: Card, words: str, rules: CardRules) -> None:
    """The customer wrote back: what waited for them goes on."""
    end_pause(card, rules)
    card.write("commented", text=mask(words), by_customer="yes")
    updated(card, "reply")


def tell_reopened(card: Card, side: Literal["customer", "cause"], because: list[Because]) -> None:
    """Tell that a side is open again."""
    complaint = card.complaint
    complaint.record(
        ComplaintReopened(
            complaint_id=complaint.id,
            number=complaint.number,
            side=side,
            state=complaint.state,
            cause_state=complaint.cause_state,
            by=card.by.id,
            because=because,
        )
    )


def _resolved(card: Card, how: How, because: list[Because], rules: CardRules) -> None:
    complaint = card.complaint
    _over(card, rules)
    complaint.resolved_at = card.now
    complaint.record(
        ComplaintResolved(
            complaint_id=complaint.id,
            number=complaint.number,
            how=how,
            by=card.by.id,
            resolved_at=card.now,
            because=because,
        )
    )


def _over(card: Card, rules: CardRules) -> None:
    """The customer's clocks have nothing to ask for any more."""
    end_pause(card, rules)
    meet(card.complaint, CUSTOMERS, card.now)
