"""Who sends a request: the holder of an API key, a person with a session, else anyone."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.responses import Response
from starlette.types import Scope

from shared.identity.principal import ANYONE, Principal
from shared.identity.sessions import SESSION_AGE
from shared.web.origin import comes_from_here
from shared.web.reader import cookie_of, header_of
from shared.web.refusals import KeyUnknown

_SCHEME: Final = "bearer "
_PLAIN: Final = "ccms_session"
_HOST_ONLY: Final = "__Host-ccms_session"
"""Where there is TLS: a browser then takes the cookie from this very host alone, and only over TLS."""

Verify = Callable[[str], Awaitable[Principal | None]]


async def nobody(_: str) -> Principal | None:
    """Recognises no one."""
    return None


class Authenticator:
    """Recognises who asks. `by_key` knows API keys, `by_session` the values of session cookies."""

    def __init__(self, by_key: Verify, by_session: Verify = nobody, *, production: bool = True) -> None:
        self._by_key, self._by_session = by_key, by_session
        self._cookie = session_cookie(production)

    async def identify(self, scope: Scope) -> Principal:
        """Who asks; `ANYONE` without credentials; raises `KeyUnknown` for a key that is not valid.

        A session counts only where the request comes from a page of this very origin: a browser sends the cookie
        along whoever made it do so.
        """
        authorization = header_of(scope, b"authorization")
        if authorization:
            return await self._holder(authorization)
        value = cookie_of(scope, self._cookie)
        if value and comes_from_here(scope):
            return await self._by_session(value) or ANYONE
        return ANYONE

    async def _holder(self, authorization: str) -> Principal:
        if authorization[: len(_SCHEME)].lower() != _SCHEME:
            raise KeyUnknown
        holder = await self._by_key(authorization[len(_SCHEME) :].strip())
        if holder is None:
            raise KeyUnknown
        return holder


def session_cookie(production: bool) -> str:
    """Name of the session's cookie."""
    return _HOST_ONLY if production else _PLAIN


def give_session(response: Response, value: str, production: bool) -> None:
    """Have the browser keep a session: never shown to scripts, never sent along from another site's forms."""
    response.set_cookie(
        session_cookie(production),
        value,
        max_age=int(SESSION_AGE.total_seconds()),
        path="/",
        secure=production,
        httponly=True,
        samesite="lax",
    )


def take_session(response: Response, production: bool) -> None:
    """Have the browser forget its session."""
    response.delete_cookie(session_cookie(production), path="/", secure=production, httponly=True, samesite="lax")
