"""The policy table: one row per route says who may. Pure: it knows paths and principals, no HTTP library."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from shared.identity.principal import ROLES, Principal

PUBLIC: Final = "public"
"""Anyone, without credentials."""

EVERYONE: Final = "everyone"
"""Any employee; for what changes something, one with a role besides auditor."""

_STAFF: Final = ROLES - {"consumer", "admin"}  # admin configures and reads no case content by that role
_CHANGING_STAFF: Final = _STAFF - {"auditor"}
_SCOPE: Final = re.compile(r"[a-z][a-z-]*:(read|write)")
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

Verb = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


class PolicyError(Exception):
    """The table and the routes do not fit; the text names the route and what would be right."""


@dataclass(frozen=True, slots=True, init=False)
class Rule:
    """One row: `Rule("POST", "/api/intake/v1/complaints", EVERYONE, "complaints:write")`.

    `allowed` are roles, scopes (`noun:read` or `noun:write`), `EVERYONE` or `PUBLIC`. Raises `PolicyError`.
    """

    method: str
    path: str
    allowed: frozenset[str]

    def __init__(self, method: Verb, path: str, *allowed: str) -> None:
        object.__setattr__(self, "method", method)
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "allowed", frozenset(allowed))
        self._check()

    @property
    def route(self) -> tuple[str, str]:
        """Method and path template, which name the route."""
        return self.method, self.path

    def admits(self, who: Principal) -> bool:
        """Whether `who` may use the route."""
        if PUBLIC in self.allowed or who.roles & self.allowed:
            return True
        staff = _STAFF if self.method in _SAFE else _CHANGING_STAFF
        return EVERYONE in self.allowed and who.kind == "person" and bool(who.roles & staff)

    def _check(self) -> None:
        if not self.allowed:
            raise PolicyError(f"{self.method} {self.path}: name at least one role, scope, EVERYONE or PUBLIC")
        for name in self.allowed - ROLES - {PUBLIC, EVERYONE}:
            if not _SCOPE.fullmatch(name):
                raise PolicyError(
                    f"{self.method} {self.path}: “{name}” is neither a role nor a scope like complaints:write"
                )


def match_rules(routes: Iterable[tuple[str, str]], policy: Sequence[Rule]) -> list[Rule]:
    """The rule of each route, in their order; raises `PolicyError` unless they match one to one."""
    rules: dict[tuple[str, str], Rule] = {}
    for rule in policy:
        if rule.route in rules:
            raise PolicyError(f"{rule.method} {rule.path} has two rows in the policy table; keep one")
        rules[rule.route] = rule
    wanted = list(routes)
    for method, path in wanted:
        if (method, path) not in rules:
            raise PolicyError(f'{method} {path} has no row in the policy table; add Rule("{method}", "{path}", …)')
    for method, path in rules.keys() - set(wanted):
        raise PolicyError(f"The policy table names {method} {path}, which is no route; remove the row or correct it")
    return [rules[route] for route in wanted]
