"""Which events intake takes, and by which handler."""

from services.intake.handlers.submissions import take_submission
from shared.contracts.submission import ComplaintSubmitted
from shared.messaging.consumer import on

CONSUMERS = [on(ComplaintSubmitted, take_submission)]
