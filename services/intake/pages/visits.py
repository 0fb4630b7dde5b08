"""A visitor without an account: their draft, receipt and complaint, each behind a cookie of this browser."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import orjson
from fastapi import Depends, Request, Response

from services.intake.domain.drafts import PUBLIC_SECONDS, DraftContent, PublicDraft, public_draft_id
from services.intake.repository.drafts import Drafts
from shared.privacy.vault import VaultError
from shared.web.form_refusals import NulInText
from shared.web.origin import is_cross_site_change
from shared.web.reader import cookie_of
from shared.web.refusals import OtherSite

PATH: Final = "/complaints"
DRAFT: Final = "ccms_draft"
RECEIPT: Final = "ccms_receipt"
FOLLOW: Final = "ccms_follow"
RECEIPT_SECONDS: Final = 900
FOLLOW_SECONDS: Final = 1800
MOST_FIELDS: Final = 300


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor's form. `token` is what their browser holds; `new` when it holds none yet."""

    token: str
    new: bool
    draft: PublicDraft | None
    content: DraftContent

    @property
    def id(self) -> str:
        """The id of the draft."""
        return public_draft_id(self.token)


async def _visit_of(request: Request) -> Visit:
    if is_cross_site_change(request.scope):
        raise OtherSite
    token = cookie_of(request.scope, DRAFT)
    if not token or len(token) > 100:
        return Visit(secrets.token_urlsafe(32), True, None, DraftContent())
    running = request.app.state.running
    draft = await Drafts(running.mongo).public(public_draft_id(token))
    return Visit(token, False, draft, draft.read(running.vault) if draft else DraftContent())


Visitor = Annotated[Visit, Depends(_visit_of)]
"""A parameter of a public page: the form that the browser has begun. Refuses what another site's page sends."""


async def _from_here(request: Request) -> None:
    if is_cross_site_change(request.scope):
        raise OtherSite


FROM_HERE: Final = Depends(_from_here)
"""A dependency of public routes that change something for whoever has a cookie."""


async def typed_in(request: Request) -> dict[str, str]:
    """The plain fields of a form, of repeated ones the last; raises `NulInText`."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    typed = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    for name, value in typed.items():
        if "\x00" in value or "\x00" in name:
            raise NulInText(name.replace("\x00", "")[:60])
    return {name: value.replace("\r\n", "\n").strip() for name, value in typed.items()}


def keep_draft(response: Response, visit: Visit, request: Request) -> Response:
    """Have the browser keep its draft for a day from now."""
    _set(response, DRAFT, visit.token, PUBLIC_SECONDS, request)
    return response


def keep_sealed(response: Response, name: str, content: Mapping[str, Any], seconds: int, request: Request) -> Response:
    """Have the browser keep something that only this server can read, for a while."""
    running = request.app.state.running
    until = running.store.clock.now().timestamp() + seconds
    sealed = running.vault.seal(orjson.dumps({**content, "until": until}), name)
    _set(response, name, urlsafe_b64encode(sealed).decode(), seconds, request)
    return response


def sealed_in(request: Request, name: str) -> dict[str, Any] | None:
    """What `keep_sealed` had the browser keep; None when there is nothing, or it is too old, or not ours."""
    value = cookie_of(request.scope, name)
    running = request.app.state.running
    if not value:
        return None
    try:
        content: dict[str, Any] = orjson.loads(running.vault.open(urlsafe_b64decode(value), name))
    except (VaultError, ValueError):
        return None
    return content if content["until"] > running.store.clock.now().timestamp() else None


def forget(response: Response, *names: str) -> Response:
    """Have the browser forget cookies."""
    for name in names:
        response.delete_cookie(name, path=PATH)
    return response


def _set(response: Response, name: str, value: str, seconds: int, request: Request) -> None:
    secure = request.app.state.running.settings.mode == "production"
    response.set_cookie(name, value, seconds, path=PATH, secure=secure, httponly=True, samesite="lax")
