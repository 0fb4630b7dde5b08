"""Every route × every role × the public × systems: the gate lets in whom the table names, and nobody else."""

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from fastapi import APIRouter
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from deploy import registry
from shared.errors import Forbidden, Unauthenticated
from shared.identity.policy import PUBLIC, Rule
from shared.identity.principal import ANYONE, ROLES, Principal
from shared.web.authentication import Authenticator, session_cookie
from shared.web.docs import docs_router
from shared.web.feed import Feed
from shared.web.gate import Gate
from shared.web.refusals import OtherSite
from shared.web.stream import stream_router
from shared.web.table import Table
from tests.conformance.who_may import FILE, STAFF, admitted, person_with, rules_of, system_with, table

SERVICES = tuple(registry.MODULES)
RULES = {name: rules_of(name) for name in SERVICES}
SCOPES = sorted({name for rules in RULES.values() for rule in rules for name in rule.allowed if ":" in name})
each_service = pytest.mark.parametrize("service", SERVICES)
CASES_OF = ("/intake/", "/alerts", "/api/intake/", "/api/alerts/")
NO_CASES = re.compile(r"/(product|exposure|table-import)[a-z-]*(/|$)|/docs$|/openapi.json$")
"""What is configured there rather than told by customers: the register of products."""

PEOPLE = ("/sharing/", "/api/sharing/v1/people", "/api/sharing/v1/keys")
AUDITORS_OWN = re.compile(r"^/account|/disclosures$")
"""Their own account, and reading behind the masks, for a reason that is logged."""


def test_the_table_is_kept() -> None:
    assert FILE.read_text(encoding="utf-8") == table(), "python -m tests.conformance.who_may writes it anew; read it"


@cache
def table_of(service: str) -> Table:
    """The routes of a service with their rows, as they are when it runs."""
    routers: list[APIRouter] = [*registry.service(service).routers, docs_router(service)]
    routers.append(stream_router(service, Feed(), lambda _who, _change: True))
    return Table([route for router in routers for route in router.routes], RULES[service])


def gate_of(service: str, who: Principal) -> Gate:
    """The gate as the service has it, in front of something that answers 204; whoever comes is `who`."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(status_code=204)(scope, receive, send)

    async def known(_: str) -> Principal | None:
        return who

    return Gate(answer, table_of(service), Authenticator(known, known, production=False))


async def knock(gate: Gate, rule: Rule, headers: dict[str, str]) -> str:
    """What comes of a request: "in", or the name of the refusal."""
    scope: Scope = {
        "type": "http",
        "method": rule.method,
        "path": re.sub(r"{\w+(:\w+)?}", "x-1", rule.path),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    heard: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(message: object) -> None:
        heard.append(1)

    try:
        await gate(scope, receive, send)
    except (Forbidden, Unauthenticated) as refused:
        return type(refused).__name__
    return "in" if heard else "nothing"


def by_key(_: Rule) -> dict[str, str]:
    return {"authorization": "Bearer some-key"}


def by_cookie(_: Rule) -> dict[str, str]:
    return {"cookie": f"{session_cookie(False)}=x", "host": "ccms.example", "origin": "https://ccms.example"}


def address(rule: Rule) -> str:
    return f"{rule.method} {rule.path}"


def everywhere() -> Iterator[Rule]:
    for rules in RULES.values():
        yield from rules


@each_service
@pytest.mark.parametrize("credentials", [by_key, by_cookie])
async def test_each_role_enters_where_the_table_says(
    service: str, credentials: Callable[[Rule], dict[str, str]]
) -> None:
    for role in sorted(ROLES):
        gate = gate_of(service, person_with(role))
        found = {address(rule): await knock(gate, rule, credentials(rule)) for rule in RULES[service]}
        wanted = {address(rule): "in" if role in admitted(rule) else "Forbidden" for rule in RULES[service]}
        assert found == wanted, role


@each_service
async def test_a_system_enters_by_its_scopes_alone(service: str) -> None:
    for scope in SCOPES:
        gate = gate_of(service, system_with(scope))
        found = {address(rule): await knock(gate, rule, by_key(rule)) for rule in RULES[service]}
        entered = {address(rule) for rule in RULES[service] if {scope, PUBLIC} & rule.allowed}
        assert found == {place: "in" if place in entered else "Forbidden" for place in found}, scope


@each_service
async def test_the_public_enters_public_routes_alone(service: str) -> None:
    gate = gate_of(service, ANYONE)
    found = {address(rule): await knock(gate, rule, {}) for rule in RULES[service]}
    public = {address(rule) for rule in RULES[service] if PUBLIC in rule.allowed}
    assert found == {place: "in" if place in public else "Unauthenticated" for place in found}


@each_service
@pytest.mark.parametrize(
    "origin",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
    ids=["origin", "cross-site", "same-site"],
)
async def test_no_other_site_changes_anything_with_a_persons_cookie(service: str, origin: dict[str, str]) -> None:
    headers = {"cookie": f"{session_cookie(False)}=x", "host": "ccms.example", **origin}
    gate, writes = gate_of(service, person_with("cs_manager")), [r for r in RULES[service] if r.method != "GET"]
    found = {address(rule): await knock(gate, rule, headers) for rule in writes}
    assert found == {address(rule): "in" if PUBLIC in rule.allowed else OtherSite.__name__ for rule in writes}


def test_who_administers_sees_no_case_by_that_role() -> None:
    shown = [rule for rule in everywhere() if rule.path.startswith(CASES_OF) and not NO_CASES.search(rule.path)]
    assert [address(rule) for rule in shown if PUBLIC not in rule.allowed and "admin" in admitted(rule)] == []


def test_an_auditor_changes_nothing_but_their_own_account() -> None:
    writes = [rule for rule in everywhere() if rule.method != "GET" and not AUDITORS_OWN.search(rule.path)]
    assert [address(rule) for rule in writes if PUBLIC not in rule.allowed and "auditor" in admitted(rule)] == []


def test_the_directory_of_people_is_for_administrators_and_auditors() -> None:
    people = [rule for rule in everywhere() if rule.path.startswith(PEOPLE)]
    assert [address(rule) for rule in people if set(admitted(rule)) & STAFF] == []
