"""What the pages about coming in share: who is at the door, is it the password, and the cookie."""

import asyncio
import secrets
from datetime import datetime
from typing import Annotated, Final

import orjson
from fastapi import Depends, Request, Response
from starlette.responses import RedirectResponse

from services.sharing.domain.password import SALT_BYTES, hash_password, is_password
from services.sharing.domain.refusals.coming_in import SignInFailed
from services.sharing.domain.session import browser_of
from shared.errors import Unavailable
from shared.identity.sessions import Session, read_session, write_session
from shared.privacy.vault import Vault, VaultError
from shared.web.authentication import give_session, session_cookie
from shared.web.origin import comes_from_here
from shared.web.reader import cookie_of, header_of
from shared.web.refusals import OtherSite
from shared.web.run import Run, Runner
from shared.web.sign_in import safe_next

AT_ONCE: Final = 2
"""Passwords that are looked at at the same time: each takes a fifth of a second and 16 MiB."""
MOST_WAITING: Final = 30
NOBODYS: Final = "scrypt$16384$8$5$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
"""What is looked at for a name that nobody has, so that it takes as long."""
TICKET_SECONDS: Final = 600

_TICKET: Final = "first password"


class Doorman:
    """Looks at passwords in threads, few at a time; whoever would wait too long is told to come again."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def is_right(self, password: str, kept: str | None) -> bool:
        """Whether it is the password; for nobody's (None) it takes as long. Raises `Unavailable`."""
        if self._waiting >= MOST_WAITING:
            raise Unavailable(retry_after=3)
        self._waiting += 1
        try:
            async with self._turns:
                return await asyncio.to_thread(is_password, password, kept or NOBODYS)
        finally:
            self._waiting -= 1

    async def keep(self, password: str) -> str:
        """What is kept of a new password."""
        async with self._turns:
            return await asyncio.to_thread(hash_password, password, secrets.token_bytes(SALT_BYTES))


DOORMAN: Final = Doorman()


async def only_from_here(request: Request) -> None:
    """Refuse a form that another site's page sends: it could sign a person in as somebody else."""
    if not comes_from_here(request.scope):
        raise OtherSite


FromHere = Depends(only_from_here)


async def _counted(run: Runner) -> Run:
    """Runs handlers, each time anew: with an Idempotency-Key an attempt would be counted once however often it came."""
    return run.keyed(None)


Counted = Annotated[Run, Depends(_counted)]


def browser_in(request: Request) -> str:
    """The browser in words."""
    return browser_of(header_of(request.scope, b"user-agent"))


def is_production(request: Request) -> bool:
    """Whether cookies are for TLS alone."""
    return bool(request.app.state.running.settings.mode == "production")


def let_in(request: Request, session: Session, wanted: str) -> Response:
    """On to the page that was wanted, with a session."""
    response = RedirectResponse(safe_next(wanted), 303)
    give_session(response, write_session(session, request.app.state.running.vault), is_production(request))
    return response


def session_of(request: Request) -> Session | None:
    """The session that the browser shows, whether it still counts or not."""
    value = cookie_of(request.scope, session_cookie(is_production(request)))
    return read_session(value, request.app.state.running.vault) if value else None


def write_ticket(person: str, now: datetime, vault: Vault) -> str:
    """Says for ten minutes that this person knew the password that was handed to them."""
    return vault.seal(orjson.dumps([person, int(now.timestamp())]), _TICKET).hex()


def read_ticket(ticket: str, now: datetime, vault: Vault) -> str:
    """Whom a ticket names. Raises `SignInFailed` for one that is too old or not ours."""
    try:
        person, at = orjson.loads(vault.open(bytes.fromhex(ticket), _TICKET))
    except (ValueError, VaultError):
        raise SignInFailed from None
    if not 0 <= now.timestamp() - at <= TICKET_SECONDS:
        raise SignInFailed
    return str(person)
