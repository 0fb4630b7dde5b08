"""Who sends a request: the holder of an API key, in local mode a sample person, else anyone."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.types import Scope

from shared.identity.principal import ANYONE, Principal
from shared.web.origin import comes_from_here, is_local_host
from shared.web.reader import cookie_of, header_of
from shared.web.refusals import KeyUnknown

PERSON_COOKIE: Final = "ccms_person"
"""In local mode only: the id of the sample person to be."""

_SCHEME: Final = "bearer "

VerifyKey = Callable[[str], Awaitable[Principal | None]]
FindPerson = Callable[[str], Principal | None]


class Authenticator:
    """Recognises who asks. Production passes no `local_viewer`; then only API keys count.

    `verify_key` is `KeyRing.verify`. With a `local_viewer`, a browser without credentials at a local
    address is that person, or the one its cookie names, if `find_person` knows them.
    """

    def __init__(
        self,
        verify_key: VerifyKey,
        local_viewer: Principal | None = None,
        find_person: FindPerson | None = None,
    ) -> None:
        self._verify_key, self._local_viewer, self._find_person = verify_key, local_viewer, find_person

    async def identify(self, scope: Scope) -> Principal:
        """Who asks; `ANYONE` without credentials; raises `KeyUnknown` for a key that is not valid."""
        authorization = header_of(scope, b"authorization")
        if authorization:
            return await self._holder(authorization)
        if self._local_viewer and is_local_host(scope) and comes_from_here(scope):
            return self._sample_person(scope) or self._local_viewer
        return ANYONE

    async def _holder(self, authorization: str) -> Principal:
        if authorization[: len(_SCHEME)].lower() != _SCHEME:
            raise KeyUnknown
        holder = await self._verify_key(authorization[len(_SCHEME) :].strip())
        if holder is None:
            raise KeyUnknown
        return holder

    def _sample_person(self, scope: Scope) -> Principal | None:
        chosen = cookie_of(scope, PERSON_COOKIE)
        return self._find_person(chosen) if chosen and self._find_person else None
