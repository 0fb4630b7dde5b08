"""The manifest of sharing (정보공유): the only place that wires it."""

from pathlib import Path

from services.sharing.api import departments as departments_api
from services.sharing.api import imports as imports_api
from services.sharing.api import keys as keys_api
from services.sharing.api import people as people_api
from services.sharing.consumers import CONSUMERS
from services.sharing.domain.access_log import LogEntry
from services.sharing.domain.account import Account
from services.sharing.domain.api_key import ApiKey
from services.sharing.domain.attempts import Attempts
from services.sharing.domain.department import Department
from services.sharing.domain.importing.report import DirectoryImport, ImportChunk
from services.sharing.domain.person import Person
from services.sharing.domain.rules import DirectoryRules, SharingRules, SignInRules
from services.sharing.domain.session import SessionRecord
from services.sharing.jobs import TIMERS
from services.sharing.pages import account, departments, home, imports, keys, people, person, person_account, sign_in
from services.sharing.repository.uow import SharingUow
from shared.rules import find_rules, load_rules
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.web import events

FOLDER = Path(__file__).parent


def rules_of(settings: Settings) -> SharingRules:
    """Everything that sharing decides by, as shipped or as the company's own files say."""
    return SharingRules(
        sign_in=load_rules(find_rules("sign_in.yaml", FOLDER / "rules", settings.rules), SignInRules),
        directory=load_rules(find_rules("directory.yaml", FOLDER / "rules", settings.rules), DirectoryRules),
    )


APIS = (people_api, departments_api, keys_api, imports_api)
PAGES = (home, sign_in, account, people, person, person_account, departments, imports, keys, events)
ROOMS = (*APIS, *PAGES)

SERVICE = Service(
    name="sharing",
    models=(Person, Department, Account, SessionRecord, Attempts, ApiKey, LogEntry, DirectoryImport, ImportChunk),
    uow=SharingUow,
    load_rules=rules_of,
    routers=tuple(room.router for room in ROOMS),
    policy=tuple(rule for room in ROOMS for rule in room.POLICY),
    consumers=CONSUMERS,
    timers=TIMERS,
    templates=FOLDER / "templates",
    limits=imports_api.LIMITS,
    places=("", "account", "asyncapi", "asyncapi.json", "sign-in", "sign-out"),
)
