"""The page of API keys: a new one is shown once, an old one is revoked."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from services.sharing.api.keys import behind, keys_of, make, place
from services.sharing.domain.api_key import NewKey
from services.sharing.handlers.keys import revoke_key
from services.sharing.pages.typed import NotSaid, administers, entry_of, presenter_of, refusal_of
from services.sharing.presenting.people import Presenter
from services.sharing.presenting.sign_in import SYSTEM, reading
from services.sharing.presenting.words import SCOPES
from services.sharing.schemas.forms import KeyFormIn
from services.sharing.schemas.keys import KeyOut
from services.sharing.views.imports import KeyForm, KeysView, KeyView
from services.sharing.views.people import Refusal
from shared.errors import Refused
from shared.identity.policy import Rule
from shared.identity.principal import Principal
from shared.web.gate import Viewer
from shared.web.pages import Draw, Drawer
from shared.web.paging import Paging, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id

PATH: Final = "/sharing/keys"
POLICY = [
    Rule("GET", PATH, "admin", "auditor"),
    Rule("POST", PATH, "admin"),
    Rule("POST", f"{PATH}/{{key_id}}/revocations", "admin"),
]

router = APIRouter(include_in_schema=False)


@router.get(PATH)
async def keys_page(request: Request, paging: PagingQuery, draw: Draw, viewer: Viewer) -> Response:
    """Keys, the newest first."""
    return await drawn(request, paging, draw, viewer)


async def drawn(
    request: Request,
    paging: Paging,
    draw: Drawer,
    viewer: Principal,
    typed: KeyForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response:
    """The page, with what was typed and why it was refused."""
    found = await keys_of(request).page(behind(paging.after), paging.fetch)
    shown, following = paging.cut(found, place)
    present = presenter_of(request)
    rows = [
        KeyView(key.key_id, key.label, key.holder, key.may, key.made_at, _maker(key.made_by, present), key.revoked_at)
        for key in shown
    ]
    first = paging.path if paging.after else None
    form, why = typed or KeyForm(), refusal or Refusal()
    view = KeysView(rows, SCOPES, administers(viewer), paging.link(following), first, form, why)
    return draw("api_keys.html", status, api_keys=view)


def _maker(id: str, present: Presenter) -> str:
    """Who made a key; nobody where the system did."""
    named = present.named(id) if id != SYSTEM else None
    return named.name if named else ""


@router.post(PATH)
async def create(
    request: Request, paging: PagingQuery, form: Annotated[KeyFormIn, Form()], run: Runner, draw: Draw, viewer: Viewer
) -> Response:
    """A new key for a system; its secret is on this page and nowhere else."""
    language = reading(request)
    try:
        made = await make(entry_of(NewKey, form.said(), language), run)
    except NotSaid as wrong:
        return await drawn(request, paging, draw, viewer, form.typed(), wrong.refusal, 422)
    except Refused as refused:
        return await drawn(request, paging, draw, viewer, form.typed(), refusal_of(refused, language), refused.status)
    return draw("key_once.html", key=made)


@router.post(f"{PATH}/{{key_id}}/revocations")
async def revoke(
    key_id: Id, request: Request, paging: PagingQuery, run: Runner, draw: Draw, viewer: Viewer
) -> Response:
    """A key is no longer taken."""
    try:
        await run(revoke_key, key_id, out=KeyOut)
    except Refused as refused:
        why = refusal_of(refused, reading(request))
        return await drawn(request, paging, draw, viewer, None, why, refused.status)
    return RedirectResponse(PATH, 303)
