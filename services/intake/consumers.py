"""Which events intake takes, and by which handler."""

from services.intake.handlers.improvements import take_improvement
from services.intake.handlers.issues import (
    hear_acknowledged,
    hear_escalated,
    hear_grew,
    hear_joined,
    hear_lowered,
    hear_opened,
    hear_shrank,
    hear_split,
)
from services.intake.handlers.products import take_exposure
from services.intake.handlers.submissions import take_submission
from shared.contracts.improvement import ImprovementVerified
from shared.contracts.issue import (
    IssueAcknowledged,
    IssueEscalated,
    IssueGrew,
    IssueJoined,
    IssueLowered,
    IssueOpened,
    IssueShrank,
    IssueSplit,
)
from shared.contracts.product import ExposureReported
from shared.contracts.submission import ComplaintSubmitted
from shared.messaging.consumer import on

CONSUMERS = [
    on(ComplaintSubmitted, take_submission),
    on(ExposureReported, take_exposure),
    on(IssueOpened, hear_opened),
    on(IssueGrew, hear_grew, unhurried=True),
    on(IssueShrank, hear_shrank),
    on(IssueEscalated, hear_escalated),
    on(IssueAcknowledged, hear_acknowledged),
    on(IssueLowered, hear_lowered),
    on(IssueJoined, hear_joined),
    on(IssueSplit, hear_split),
    on(ImprovementVerified, take_improvement),
]
