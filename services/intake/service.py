"""The manifest of intake (접수): the only place that wires it."""

from pathlib import Path

from services.intake.api import complaints as api
from services.intake.consumers import CONSUMERS
from services.intake.domain.acceptance import Deciding
from services.intake.domain.classify import ClassificationRules
from services.intake.domain.complaint import Complaint, Contact, Submission
from services.intake.jobs import TIMERS
from services.intake.pages import complaints as pages
from services.intake.repository.uow import IntakeUow
from shared.language.hazards.shipped import load_hazards
from shared.runtime.service import Service
from shared.runtime.settings import Settings


def rules_of(settings: Settings) -> Deciding:
    """Everything that intake decides by, as shipped or as the company's own files say."""
    return Deciding(ClassificationRules.load(load_hazards(settings.rules), settings.rules))


SERVICE = Service(
    name="intake",
    models=(Complaint, Contact, Submission),
    uow=IntakeUow,
    load_rules=rules_of,
    routers=(api.router, pages.pages),
    policy=(*api.POLICY, *pages.POLICY),
    consumers=CONSUMERS,
    timers=TIMERS,
    templates=Path(__file__).parent / "templates",
)
