"""A card over HTTP: both sides, its timeline, what can be chosen in its forms, who has it open."""

from fastapi import APIRouter, Request, Response

from services.intake.api.complaints import ROOT, found_complaint
from services.intake.api.work import at
from services.intake.domain.complaint import Complaint
from services.intake.domain.entry import first_entries
from services.intake.domain.presence import Presence
from services.intake.domain.seeing import Eyes
from services.intake.domain.sides import FIRST_ENTRIES
from services.intake.presenting.cards import CardPresenter
from services.intake.repository.cards import Cards
from services.intake.schemas.cards import CardOut, EntryOut, PresentOut
from services.intake.schemas.changes import PresenceIn
from shared.identity.policy import EVERYONE, Rule
from shared.identity.principal import Principal
from shared.runtime.clock import KOREA
from shared.web.bodies import JsonRoute
from shared.web.etags import mark_version
from shared.web.gate import Viewer
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.reader import language_of
from shared.web.shapes import Id

POLICY = [
    Rule("GET", f"{ROOT}/complaints/{{complaint_id}}", EVERYONE, "complaints:read"),
    Rule("GET", f"{ROOT}{at('/timeline')}", EVERYONE, "complaints:read"),
    Rule("GET", f"{ROOT}{at('/presence')}", EVERYONE),
    Rule("POST", f"{ROOT}{at('/presence')}", EVERYONE),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["cards"])


def card_presenter(request: Request, viewer: Principal) -> CardPresenter:
    """Puts cards together for the one who asks."""
    running = request.app.state.running
    store = running.store
    language = language_of(request.scope, running.settings.language)
    return CardPresenter(store.rules, store.directory.organisation, viewer, language, store.clock.now())


def cards_of(request: Request) -> Cards:
    """The queries, on this process's database."""
    return Cards(request.app.state.running.mongo)


def presence_of(request: Request) -> Presence:
    """Who is at which card, as this process knows."""
    state = request.app.state
    if getattr(state, "presence", None) is None:
        state.presence = Presence()
    return state.presence  # type: ignore[no-any-return]


@router.get("/complaints/{complaint_id}")
async def read_complaint(complaint_id: Id, request: Request, response: Response, viewer: Viewer) -> CardOut:
    """One complaint by id or number, with both sides of its card."""
    complaint = await found_complaint(complaint_id, request)
    mark_version(request, response, complaint.version)
    return await whole_card(complaint, request, viewer)


async def whole_card(complaint: Complaint, request: Request, viewer: Principal) -> CardOut:
    """The card as the one who asks may see it."""
    ids = [complaint.issue_id] if complaint.issue_id else []
    issues = await cards_of(request).issues(ids)
    present = card_presenter(request, viewer)
    return present.card(_eyes(present, complaint).complaint(complaint), issues.get(complaint.issue_id or ""))


@router.get(at("/timeline"))
async def timeline(complaint_id: Id, request: Request, viewer: Viewer, paging: PagingQuery) -> Page[EntryOut]:
    """Everything that happened, in order, with who and why."""
    complaint = await found_complaint(complaint_id, request)
    after = paging.after.number if paging.after else 0
    first = [entry for entry in first_entries(complaint) if entry.place > after]
    later = await cards_of(request).entries(complaint.id, max(after, FIRST_ENTRIES), paging.fetch)
    eyes = _eyes(card_presenter(request, viewer), complaint)
    seen = eyes.entries(complaint, [*first, *later][: paging.fetch])
    shown, following = paging.cut(seen, lambda entry: Cursor(entry.place, entry.id))
    return Page(items=[EntryOut.of(entry) for entry in shown], next=following)


@router.get(at("/presence"))
async def read_presence(complaint_id: Id, request: Request, viewer: Viewer) -> list[PresentOut]:
    """Who else has the card open now."""
    return _present(complaint_id, request, viewer)


@router.post(at("/presence"))
async def say_presence(complaint_id: Id, body: PresenceIn, request: Request, viewer: Viewer) -> list[PresentOut]:
    """Say that you have the card open (it holds for 30 seconds), and learn who else has."""
    present = card_presenter(request, viewer)
    presence_of(request).enter(complaint_id, viewer.id, body.doing, present.now)
    return _present(complaint_id, request, viewer)


def _present(complaint_id: str, request: Request, viewer: Principal) -> list[PresentOut]:
    present = card_presenter(request, viewer)
    others = presence_of(request).others(complaint_id, viewer.id, present.now)
    people = {one.person: present.organisation.person(one.person) for one in others}
    return [
        PresentOut(person=one.person, name=person.name, doing=one.doing, at=one.at)
        for one in others
        if (person := people[one.person]) is not None
    ]


def _eyes(present: CardPresenter, complaint: Complaint) -> Eyes:
    rules = present.rules.sight
    sight = rules.of(present.viewer, complaint, present.organisation, present.now.astimezone(KOREA).date())
    return Eyes(sight, rules, present.language)
