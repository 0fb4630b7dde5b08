"""Times that have to pass by themselves: the customer's silence after an answer, the quiet after a fix."""

from datetime import UTC, date, datetime, time, timedelta

from services.intake.domain.card_rules import CardRules
from services.intake.domain.complaint import Complaint
from shared.contracts.because import Because
from shared.runtime.clock import KOREA


def silence_ends(complaint: Complaint, rules: CardRules) -> datetime | None:
    """When the customer's silence counts as acceptance; None when no answer waits for it."""
    if complaint.state != "answered" or complaint.answered_at is None:
        return None
    return rules.calendar.add_business_days(complaint.answered_at, rules.policy.silence_business_days, "midnight")


def why_silent(complaint: Complaint, rules: CardRules) -> Because:
    """The rule by which silence is acceptance."""
    answered = complaint.answered_at.isoformat() if complaint.answered_at else ""
    return Because(
        rule="card.silence",
        version=rules.policy.version,
        inputs={"answered_at": answered},
        threshold=rules.policy.silence_business_days,
    )


def quiet_ends(complaint: Complaint, rules: CardRules) -> datetime | None:
    """When the cause has been away for long enough to be verified; None when nobody has said since when it is gone."""
    removal = complaint.removal
    if complaint.cause_state not in ("found", "removing") or removal is None or removal.effective_from is None:
        return None
    return start_of(removal.effective_from) + timedelta(days=rules.policy.quiet_days)


def why_quiet(complaint: Complaint, rules: CardRules) -> Because:
    """The rule by which a cause has been quiet for long enough."""
    since = complaint.removal.effective_from if complaint.removal else None
    return Because(
        rule="card.quiet_period",
        version=rules.policy.version,
        inputs={"effective_from": since or ""},
        threshold=rules.policy.quiet_days,
    )


def start_of(day: str) -> datetime:
    """The first moment of an ISO date in Korea."""
    return datetime.combine(date.fromisoformat(day), time.min, KOREA).astimezone(UTC)
