"""ASGI: before anything of a service runs, the policy table says whether this principal may."""

from typing import Annotated, Final, cast

from fastapi import Depends, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.errors import Forbidden, Unauthenticated
from shared.identity.principal import Principal
from shared.web.authentication import Authenticator
from shared.web.origin import is_cross_site_change
from shared.web.refusals import OtherSite
from shared.web.table import Table

ROUTE: Final = "ccms.route"
"""Where the scope holds the path template of the route that answers."""

_VIEWER: Final = "user"  # Starlette's name for it


class Gate:
    """Puts the principal into the scope, or raises `Unauthenticated`, `Forbidden`, `OtherSite`, 404, 405.

    What has no row in the table never reaches the router.
    """

    def __init__(self, app: ASGIApp, table: Table, authenticator: Authenticator) -> None:
        self._app, self._table, self._authenticator = app, table, authenticator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what the policy admits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope[_VIEWER] = who = await self._authenticator.identify(scope)
        rule = self._table.find(scope["method"], scope["path"])
        scope[ROUTE] = rule.path
        if not rule.admits(who):
            raise self._refusal(scope, who)
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope, who: Principal) -> Exception:
        if who.kind != "public":
            return Forbidden()
        return OtherSite() if is_cross_site_change(scope) else Unauthenticated()


async def viewer_of(request: Request) -> Principal:
    """The dependency behind `Viewer`."""
    return cast(Principal, request.scope[_VIEWER])


Viewer = Annotated[Principal, Depends(viewer_of)]
"""A parameter of an endpoint: who asks."""
