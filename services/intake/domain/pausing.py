"""Waiting for the customer: clocks that may pause stand still, with a reason, until the customer has replied."""

from services.intake.domain.card import Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.clocks import resume
from services.intake.domain.parts import Pause
from services.intake.domain.states import DONE
from services.intake.domain.working import refuse_if_closed, updated
from shared.errors import Conflict
from shared.language.i18n import _
from shared.privacy.masking import mask


class PausedAlready(Conflict):
    """It waits already."""

    text = _("This is waiting for the customer already.")


class NotPaused(Conflict):
    """It does not wait."""

    text = _("This is not waiting for the customer.")


class NothingToWaitFor(Conflict):
    """The customer's side is done, or an answer lies with the customer anyway."""

    text = _("The customer has nothing to do now: the customer's side is done, or an answer lies with them already.")


def pause(card: Card, reason: str) -> None:
    """Wait for the customer. Raises `PausedAlready`, `NothingToWaitFor`, `CardClosed`."""
    refuse_if_closed(card)
    complaint = card.complaint
    if complaint.pause is not None:
        raise PausedAlready
    if complaint.state in {*DONE["customer"], "answered"}:
        raise NothingToWaitFor
    masked = mask(reason)
    complaint.pauses.append(Pause(reason=masked, by=card.by.name, since=card.now))
    card.write("paused", text=masked)
    updated(card, "pause")


def go_on(card: Card, rules: CardRules) -> None:
    """The clocks go on. Raises `NotPaused`."""
    if card.complaint.pause is None:
        raise NotPaused
    end_pause(card, rules)
    updated(card, "pause")


def end_pause(card: Card, rules: CardRules) -> None:
    """Let the clocks go on if they stand still."""
    lasting = card.complaint.pause
    if lasting is None:
        return
    lasting.until = card.now
    resume(card.complaint, lasting.since, card.now, rules.calendar)
    minutes = round(rules.calendar.business_time_between(lasting.since, card.now).total_seconds() / 60)
    card.write("resumed", minutes=minutes)
