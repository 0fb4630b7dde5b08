"""The pages about coming in, in the reader's language."""

from starlette.requests import Request

from services.sharing.domain.access_log import SENTENCES, LogEntry
from services.sharing.domain.session import SessionRecord
from services.sharing.views.sign_in import AccountView, LogView, NewPasswordView, SampleView, SessionView, SignInView
from shared.errors import Refused
from shared.identity.organisation import Organisation
from shared.identity.principal import Principal
from shared.identity.samples import one_per_role
from shared.language.i18n import Language, translate
from shared.web.reader import language_of
from shared.web.words import ROLES

SYSTEM = "system"
"""Who did what no person did; nobody has to be told so."""


def reading(request: Request) -> Language:
    """The reader's language."""
    return language_of(request.scope, request.app.state.running.settings.language)


def sentence_of(refused: Refused | None, language: str) -> str:
    """A refusal in the reader's words."""
    return translate(refused.text, language, **refused.inputs) if refused else ""


def sign_in_view(
    request: Request, wanted: str, samples: bool, name: str = "", refused: Refused | None = None
) -> SignInView:
    """The sign-in page."""
    organisation, language = request.app.state.running.store.directory.organisation, reading(request)
    shown = samples_of(organisation, language) if samples else []
    return SignInView(wanted, name, sentence_of(refused, language), shown)


def samples_of(organisation: Organisation, language: Language) -> list[SampleView]:
    """The sample people in the order of the roles' words; somebody who stands for two roles once for each."""
    return [
        SampleView(person.id, person.name, ROLES[role], department_name(organisation, person.department, language))
        for role, person in sorted(one_per_role(organisation).items(), key=lambda each: list(ROLES).index(each[0]))
    ]


def department_name(organisation: Organisation, code: str, language: str) -> str:
    """A department's name; its code where there is none."""
    department = organisation.department(code)
    return department.names.in_(language) if department else code


def new_password_view(request: Request, ticket: str, wanted: str, refused: Refused | None = None) -> NewPasswordView:
    """The page for a password of one's own."""
    least = request.app.state.running.store.rules.sign_in.password.least
    return NewPasswordView(ticket, wanted, least, sentence_of(refused, reading(request)))


def account_view(
    request: Request,
    viewer: Principal,
    sessions: list[SessionRecord],
    log: list[LogEntry],
    this: str,
    refused: Refused | None = None,
) -> AccountView:
    """A person's own account."""
    store, language = request.app.state.running.store, reading(request)
    organisation = store.directory.organisation
    now = store.clock.now()
    return AccountView(
        id=viewer.id,
        name=viewer.name,
        department=department_name(organisation, viewer.department, language),
        roles=[ROLES[role] for role in ROLES if role in viewer.roles],
        least=store.rules.sign_in.password.least,
        sessions=[
            SessionView(record.id, record.browser, record.began_at, record.ends_at, record.id == this)
            for record in sessions
            if record.ends_at > now
        ],
        log=log_view(log, organisation, language),
        problem=sentence_of(refused, language),
        problem_field=refused.field or "" if refused else "",
    )


def log_view(log: list[LogEntry], organisation: Organisation, language: str) -> list[LogView]:
    """What happened, as sentences."""
    return [
        LogView(
            entry.at,
            translate(SENTENCES[entry.what], language, detail=entry.detail),
            "" if entry.by in (entry.about, SYSTEM) else name_of(organisation, entry.by),
        )
        for entry in log
    ]


def name_of(organisation: Organisation, id: str) -> str:
    """Somebody's name; the id where there is none."""
    person = organisation.person(id)
    return person.name if person else id
