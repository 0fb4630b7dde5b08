"""The manifest of alerts (조기경보): the only place that wires it."""

from pathlib import Path

from services.alerts import api, pages
from services.alerts.consumers import CONSUMERS
from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue
from services.alerts.domain.message import Message
from services.alerts.domain.playbook import Playbook
from services.alerts.jobs import TIMERS
from services.alerts.repository import AlertsRules, AlertsUow
from shared.language.hazards.shipped import load_hazards
from shared.rules import RulesError, find_rules, load_rules
from shared.runtime.people import organisation_of
from shared.runtime.service import Service
from shared.runtime.settings import Settings

FOLDER = Path(__file__).parent


def rules_of(settings: Settings) -> AlertsRules:
    """Everything that alerts decides by, as shipped or as the company's own files say."""
    path = find_rules("playbook.yaml", FOLDER / "rules", settings.rules)
    playbook, organisation = load_rules(path, Playbook), organisation_of(settings)
    if silent := playbook.steps_without_people(organisation):
        raise RulesError(path, "steps.call", f"step {silent[0]} calls nobody: give a person one of its roles")
    return AlertsRules(hazards=load_hazards(settings.rules), playbook=playbook)


SERVICE = Service(
    name="alerts",
    models=(Case, Issue, Message),
    uow=AlertsUow,
    load_rules=rules_of,
    routers=(api.router, pages.pages),
    policy=(*api.POLICY, *pages.POLICY),
    consumers=CONSUMERS,
    timers=TIMERS,
    templates=FOLDER / "templates",
)
