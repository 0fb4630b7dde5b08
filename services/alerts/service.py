"""The manifest of alerts (조기경보): the only place that wires it."""

from pathlib import Path

from services.alerts.api import actions as actions_api
from services.alerts.api import decisions as decisions_api
from services.alerts.api import issues as issues_api
from services.alerts.api import messages as messages_api
from services.alerts.api import notices as notices_api
from services.alerts.consumers import CONSUMERS
from services.alerts.domain.case import Case
from services.alerts.domain.containment_rules import ContainmentRules
from services.alerts.domain.issue import Issue
from services.alerts.domain.message import Message
from services.alerts.domain.moment import Moment
from services.alerts.domain.notice import Notice, Reading
from services.alerts.domain.playbook import Playbook
from services.alerts.handlers.rebuilding import mend_case
from services.alerts.jobs import CHORES, TIMERS, settle_issues
from services.alerts.pages import actions, board, decisions, issue, messages, notice_forms, notices
from services.alerts.repository.steps import STEPS
from services.alerts.repository.uow import AlertsRules, AlertsUow
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated
from shared.language.hazards.shipped import load_hazards
from shared.rules import RulesError, find_rules, load_rules
from shared.runtime.derived import Derived
from shared.runtime.people import organisation_of
from shared.runtime.service import Service
from shared.runtime.settings import Settings

FOLDER = Path(__file__).parent
APIS = (issues_api, actions_api, decisions_api, messages_api, notices_api)
PAGES = (board, messages, notice_forms, notices, actions, decisions, issue)
"""In this order: an address with a name of its own stands before one that takes any issue."""


def rules_of(settings: Settings) -> AlertsRules:
    """Everything that alerts decides by, as shipped or as the company's own files say."""
    path = find_rules("playbook.yaml", FOLDER / "rules", settings.rules)
    playbook, organisation = load_rules(path, Playbook), organisation_of(settings)
    if organisation.people and (silent := playbook.steps_without_people(organisation)):
        raise RulesError(path, "steps.call", f"step {silent[0]} calls nobody: give a person one of its roles")
    containment = load_rules(find_rules("containment.yaml", FOLDER / "rules", settings.rules), ContainmentRules)
    return AlertsRules(hazards=load_hazards(settings.rules), playbook=playbook, containment=containment)


SERVICE = Service(
    name="alerts",
    models=(Case, Issue, Moment, Message, Notice, Reading),
    uow=AlertsUow,
    load_rules=rules_of,
    routers=(*(each.router for each in APIS), *(each.pages for each in PAGES)),
    policy=tuple(rule for each in (*APIS, *PAGES) for rule in each.POLICY),
    consumers=CONSUMERS,
    timers=TIMERS,
    chores=CHORES,
    steps=STEPS,
    derived=(Derived(Case, (ComplaintCreated, ComplaintClassified), mend_case),),
    settle=settle_issues,
    templates=FOLDER / "templates",
)
