"""Sends what was drawn, looks at what comes back, and remembers what it tells."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any, Final

import httpx
from jsonschema_rs import validator_for

from shared.identity.policy import PUBLIC, Rule
from tests.fuzz.answers import Answer, Asked, Valid, faults
from tests.fuzz.callers import Caller
from tests.fuzz.findings import Finding, Report
from tests.fuzz.leafing import leaf
from tests.fuzz.plans import Plan
from tests.fuzz.routes import Route, Routes
from tests.fuzz.writing import Pen

BUSY: Final = 3
"""How often somebody who is asked to come back does so."""
SHOWN: Final = 700
DISGUISES: Final = frozenset({"Cookie", "Origin", "Sec-Fetch-Site", "Authorization", "Host"})
"""Headers that change who somebody is taken for."""
MADE_ANEW: Final = frozenset({"POST /api/sharing/v1/directory-imports", "POST /api/sharing/v1/keys"})
"""Routes that take no `Idempotency-Key`: the same import changes nothing, a key's secret is told once."""
PROOFS: Final = ("cookie", "authorization")


@dataclass
class Desk:
    """Asks one deployment; `asked` are the routes that get cases."""

    routes: Routes
    asked: Sequence[Route]
    pen: Pen
    report: Report
    http: httpx.HTTPTransport = field(default_factory=lambda: httpx.HTTPTransport(retries=1))
    _checks: dict[str, dict[int, Valid]] = field(default_factory=dict)

    def ask(self, route: Route, plan: Plan) -> None:
        """One case."""
        request = self.pen.write(route, plan)
        answer = self._send(request)
        self.report.count(route.name, f"{answer.status // 100}xx")
        for fault in faults(self._asked(route, plan, request), answer):
            self.report.note(Finding(route.name, fault, _told(plan, request, answer)))
        if answer.status < 300 and plan.method == route.rule.method:
            self._learn(route, request, answer)
            self._look_up(route, plan, request, answer)
            self._repeat(route, plan, request, answer)

    def _asked(self, route: Route, plan: Plan, request: httpx.Request) -> Asked:
        found = self.routes.at(request.url.path) if plan.method == route.rule.method else None
        sure = found is not None and found[0].rule.path == route.rule.path and "\n" not in request.url.path
        chosen, caller = dict(plan.query).get("lang"), self.pen.callers.all[plan.caller]
        return Asked(
            method=plan.method,
            is_api=not route.is_page,
            wants_page="text/html" in request.headers.get("accept", "") or "hx-request" in request.headers,
            language=chosen if chosen in ("ko", "en") else plan.language,
            let_in=_let_in(caller, route.rule) if sure and not DISGUISES & plan.headers.keys() else None,
            declared=self._declared(route) if sure and route.operation else None,
        )

    def _declared(self, route: Route) -> dict[int, Valid]:
        if route.name not in self._checks:
            parts = {"components": self.routes.documents[route.service].get("components", {})}
            self._checks[route.name] = {
                status: _valid({**schema, **parts} if schema else {}) for status, schema in route.answers.items()
            }
        return self._checks[route.name]

    def _send(self, request: httpx.Request) -> Answer:
        for _ in range(BUSY):
            begun = monotonic()
            response = self.http.handle_request(request)
            stream = response.headers.get("content-type", "").startswith("text/event-stream")
            body = b"" if stream else response.read()
            response.close()
            headers = {name.lower(): value for name, value in response.headers.items()}
            answer = Answer(response.status_code, headers, body, monotonic() - begun)
            if answer.status != 503 or "retry-after" not in headers:
                break
            sleep(1)
        return answer

    def _learn(self, route: Route, request: httpx.Request, answer: Answer) -> None:
        for cookie in answer.headers.get("set-cookie", "").split(", "):
            self.pen.seen.keep_cookie(cookie.partition(";")[0])
        if answer.media_type == "application/json" and route.operation:
            self.pen.seen.learn(json.loads(answer.body), self.routes.noun_of(route.rule.path))
        elif answer.media_type == "text/html":
            leaf(answer.text, request.url.path, self.routes, self.pen.seen, self.pen.forms)

    def _look_up(self, route: Route, plan: Plan, request: httpx.Request, answer: Answer) -> None:
        """What was made can be looked at under its address."""
        location = answer.headers.get("location", "")
        if not location.startswith("/api/") or plan.which % 3:
            return
        same = {name: request.headers[name] for name in PROOFS if name in request.headers}
        looked = self._send(httpx.Request("GET", f"{self.pen.urls[route.service]}{location}", headers=same))
        if looked.status not in (200, 401, 403):
            self.report.note(Finding(route.name, f"what was made is not there ({looked.status})", location))

    def _repeat(self, route: Route, plan: Plan, request: httpx.Request, answer: Answer) -> None:
        """The same under the same key gets the same answer."""
        unkeyed = route.is_page or plan.kind != "json" or route.name in MADE_ANEW
        if "idempotency-key" not in request.headers or unkeyed:
            return
        twin = self._send(request)
        if (twin.status, _kept(twin)) != (answer.status, _kept(answer)):
            case = f"{_told(plan, request, answer)} → then {twin.status} {twin.text[:300]!r}"
            self.report.note(Finding(route.name, "another answer under the same key", case))


def _kept(answer: Answer) -> bytes:
    """What a repeated request gets again; of many things at once the refused ones are tried anew."""
    return re.sub(rb'"correlation_id":"[^"]*"', b"", answer.body)


def _let_in(caller: Caller, rule: Rule) -> bool | None:
    if caller.proof:
        return False
    return None if PUBLIC in rule.allowed else caller.may(rule)


def _valid(schema: dict[str, Any]) -> Valid:
    check = validator_for(schema)

    def wrong(value: Any) -> str:
        found = next(iter(check.iter_errors(value)), None)
        return "" if found is None else f"{'.'.join(map(str, found.instance_path))}: {found.message[:120]}"

    return wrong


def _told(plan: Plan, request: httpx.Request, answer: Answer) -> str:
    """The case as somebody can repeat it by hand."""
    asked = f"{plan.caller}: {request.method} {request.url} {plan.headers!r}"[:SHOWN]
    body = request.read()[:SHOWN]
    return f"{asked} {body!r} → {answer.status} {answer.text[:300]!r}"
