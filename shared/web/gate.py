"""ASGI: before anything of a service runs, the policy table says whether this principal may."""

import re
from collections.abc import Sequence
from typing import Annotated, Final, cast

from fastapi import Depends, Request
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.errors import Forbidden, Unauthenticated
from shared.identity.policy import PolicyError, Rule, match_rules
from shared.identity.principal import Principal
from shared.web.authentication import Authenticator
from shared.web.origin import is_cross_site_change
from shared.web.refusals import OtherSite

ROUTE: Final = "ccms.route"
"""Where the scope holds the path template of the route that answers."""

_VIEWER: Final = "user"  # Starlette's name for it


class Table:
    """The policy in the order of the routes, so that it finds the same row as the router finds a route."""

    def __init__(self, routes: Sequence[BaseRoute], policy: Sequence[Rule]) -> None:
        self._fixed: dict[tuple[str, str], Rule] = {}
        self._open: dict[str, list[tuple[re.Pattern[str], Rule]]] = {}
        for rule in match_rules(routes_of(routes), policy):
            if before := self.find(rule.method, rule.path):
                raise PolicyError(
                    f"{rule.method} {rule.path} is never reached: {before.path} stands before it"
                )
            if "{" in rule.path:
                self._open.setdefault(rule.method, []).append((compile_path(rule.path)[0], rule))
            else:
                self._fixed[rule.route] = rule

    def find(self, method: str, path: str) -> Rule | None:
        """The rule for a request; None where no route answers."""
        if fixed := self._fixed.get((method, path)):
            return fixed
        return next((rule for pattern, rule in self._open.get(method, ()) if pattern.match(path)), None)


class Gate:
    """Puts the principal into the scope, or raises `Unauthenticated`, `Forbidden`, `OtherSite`."""

    def __init__(self, app: ASGIApp, table: Table, authenticator: Authenticator) -> None:
        self._app, self._table, self._authenticator = app, table, authenticator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what the policy admits; a path without a route goes on to its 404."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        rule = self._table.find(scope["method"], scope["path"])
        scope[_VIEWER] = who = await self._authenticator.identify(scope)
        if rule is not None:
            scope[ROUTE] = rule.path
            if not rule.admits(who):
                raise self._refusal(scope, who)
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope, who: Principal) -> Exception:
        if who.kind != "public":
            return Forbidden()
        return OtherSite() if is_cross_site_change(scope) else Unauthenticated()


def routes_of(routes: Sequence[BaseRoute]) -> list[tuple[str, str]]:
    """Method and path template of every route; raises `PolicyError` for other kinds (mount, socket)."""
    found: list[tuple[str, str]] = []
    for route in iter_route_contexts(routes):
        if route.path is None or not route.methods:
            raise PolicyError(
                f"{route.path or route.name}: only routes with methods can stand in the policy table"
            )
        found += [(method, route.path) for method in sorted(route.methods)]
    return found


async def viewer_of(request: Request) -> Principal:
    """The dependency behind `Viewer`."""
    return cast(Principal, request.scope[_VIEWER])


Viewer = Annotated[Principal, Depends(viewer_of)]
"""A parameter of an endpoint: who asks."""
