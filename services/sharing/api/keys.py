"""API keys over HTTP: in, handler, view out."""

import secrets
from datetime import datetime

from fastapi import APIRouter, Request, Response

from services.sharing.api.people import ROOT
from services.sharing.domain.api_key import ApiKey, NewKey
from services.sharing.handlers.keys import create_key, revoke_key
from services.sharing.repository.keys import Keys
from services.sharing.schemas.keys import KeyMade, KeyOut
from shared.identity.api_keys import SECRET_BYTES, hash_of, write_key
from shared.identity.policy import Rule
from shared.web.bodies import JsonRoute, created
from shared.web.paging import Cursor, Page, PagingQuery
from shared.web.run import Run, Runner
from shared.web.shapes import Id

POLICY = [
    Rule("GET", f"{ROOT}/keys", "admin", "auditor"),
    Rule("POST", f"{ROOT}/keys", "admin"),
    Rule("POST", f"{ROOT}/keys/{{key_id}}/revocations", "admin"),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["keys"])


def keys_of(request: Request) -> Keys:
    """The queries, on this process's database."""
    return Keys(request.app.state.running.mongo)


def place(key: ApiKey) -> Cursor:
    """Where a key stands in the list."""
    return Cursor(int(key.made_at.timestamp() * 1000), key.id)


def behind(cursor: Cursor | None) -> tuple[datetime, str] | None:
    """The place that a cursor names."""
    return (cursor.moment, cursor.id) if cursor else None


async def make(wanted: NewKey, run: Run) -> KeyMade:
    """A new key, whose secret exists in this answer alone."""
    written = write_key(wanted.id, secrets.token_bytes(SECRET_BYTES))
    made = await run.keyed(None)(create_key, wanted, hash_of(written), out=KeyOut)
    return KeyMade(api_key=written, **made.model_dump())


@router.get("/keys")
async def list_keys(request: Request, paging: PagingQuery) -> Page[KeyOut]:
    """Keys, the newest first, revoked ones too."""
    found = await keys_of(request).page(behind(paging.after), paging.fetch)
    shown, following = paging.cut(found, place)
    return Page(items=[KeyOut.of(key) for key in shown], next=following)


@router.post("/keys", status_code=201, response_model=KeyMade)
async def create(body: NewKey, run: Runner) -> Response:
    """Make a key. The secret is in this answer and nowhere else; no `Idempotency-Key` brings it back."""
    key = await make(body, run)
    return created(key, f"{ROOT}/keys/{key.id}")


@router.post("/keys/{key_id}/revocations", status_code=201)
async def revoke(key_id: Id, run: Runner) -> KeyOut:
    """Revoke a key: refused in every service within 5 seconds."""
    return await run(revoke_key, key_id, out=KeyOut)
