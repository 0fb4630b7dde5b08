"""The policy in the order of the routes: a request finds the row of the very route that will answer it."""

import re
from collections.abc import Sequence
from typing import Final

from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, compile_path

from shared.identity.policy import PolicyError, Rule, match_rules

_LINE_END: Final = "\n"


class Table:
    """Rows by method and path. Raises `PolicyError` unless rows and routes match and each can be reached."""

    def __init__(self, routes: Sequence[BaseRoute], policy: Sequence[Rule]) -> None:
        self._fixed: dict[tuple[str, str], Rule] = {}
        self._open: dict[str, list[tuple[re.Pattern[str], Rule]]] = {}
        for rule in match_rules(routes_of(routes), policy):
            if before := self._find(rule.method, rule.path):
                raise PolicyError(f"{rule.method} {rule.path} is never reached: {before.path} stands before it")
            if "{" in rule.path:
                self._open.setdefault(rule.method, []).append((compile_path(rule.path)[0], rule))
            else:
                self._fixed[rule.route] = rule
        self._methods = sorted({rule.method for rule in policy})

    def find(self, method: str, path: str) -> Rule:
        """The row for a request; raises the framework's 404 and 405 where no route would answer."""
        rule = self._find(method, path)
        if rule is None or _LINE_END in path:  # a router's `$` also matches before a line end, our dict does not
            raise self._no_route(path)
        return rule

    def _find(self, method: str, path: str) -> Rule | None:
        if fixed := self._fixed.get((method, path)):
            return fixed
        return next((rule for pattern, rule in self._open.get(method, ()) if pattern.match(path)), None)

    def _no_route(self, path: str) -> HTTPException:
        allowed = [method for method in self._methods if self._find(method, path)]
        if allowed and _LINE_END not in path:
            return HTTPException(405, headers={"Allow": ", ".join(allowed)})
        return HTTPException(404)


def routes_of(routes: Sequence[BaseRoute]) -> list[tuple[str, str]]:
    """Method and path template of every route; raises `PolicyError` for other kinds (mount, socket)."""
    found: list[tuple[str, str]] = []
    for route in iter_route_contexts(routes):
        if route.path is None or not route.methods:
            raise PolicyError(f"{route.path or route.name}: only routes with methods can stand in the policy table")
        found += [(method, route.path) for method in sorted(route.methods)]
    return found
