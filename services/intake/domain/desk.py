"""What lists and timers need of a card: who has something to do, until when, and when to look at it again."""

from datetime import UTC, datetime
from typing import Final

from services.intake.domain.card_rules import CardRules
from services.intake.domain.clocks import running
from services.intake.domain.complaint import Complaint
from services.intake.domain.states import DONE
from services.intake.domain.waiting import quiet_ends, silence_ends

NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""The due time of what has none: it stands behind all others."""


def settle(complaint: Complaint) -> None:
    """Bring what lists are sorted and filtered by up to date with the card."""
    complaint.open = complaint.closed_at is None
    complaint.due_at = min((clock.due_at for clock in running(complaint)), default=NEVER)
    complaint.waits_for = waits_for(complaint)
    hands = [subcase.assignee for subcase in complaint.subcases if subcase.department in complaint.waits_for]
    owner = [complaint.owner] if complaint.owner and complaint.open else []
    complaint.people = list(dict.fromkeys([*owner, *hands]))


def waits_for(complaint: Complaint) -> list[str]:
    """The departments that have something to do: those that owe a cause, or all that help with an answer."""
    if complaint.closed_at is not None:
        return []
    if complaint.has_card:
        return complaint.owing
    helps = complaint.state not in DONE["customer"]
    return [subcase.department for subcase in complaint.subcases] if helps else []


def look_again_at(complaint: Complaint, rules: CardRules) -> datetime | None:
    """The next moment at which something about the card is due by itself; None when nothing is."""
    if complaint.closed_at is not None:
        return None
    moments = [clock.next_at for clock in running(complaint)]
    moments.append(silence_ends(complaint, rules))
    moments.append(None if complaint.quiet_reminded else quiet_ends(complaint, rules))
    return min((moment for moment in moments if moment is not None), default=None)


def due_of(complaint: Complaint) -> datetime | None:
    """When the next clock ends; None when none runs."""
    return None if complaint.due_at is None or complaint.due_at == NEVER else complaint.due_at
