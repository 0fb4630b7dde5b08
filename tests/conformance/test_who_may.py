"""Every route × every role × the public × systems: the gate lets in whom the table names, and nobody else."""

import re
from collections.abc import Callable
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

CASES = [(name, rule) for name in registry.MODULES for rule in rules_of(name)]
each_route = pytest.mark.parametrize(("service", "rule"), CASES, ids=lambda each: getattr(each, "path", each))
WRITES = [(name, rule) for name, rule in CASES if rule.method != "GET"]
CASES_OF = ("/intake/", "/alerts", "/api/intake/", "/api/alerts/")
NO_CASES = re.compile(r"/(product|exposure|table-import)[a-z-]*(/|$)|/docs$|/openapi.json$")
"""What is configured there rather than told by customers: the register of products."""

AUDITORS_OWN = re.compile(r"^/account|/disclosures$")
"""Their own account, and reading behind the masks, for a reason that is logged."""


def test_the_table_is_kept() -> None:
    assert FILE.read_text(encoding="utf-8") == table(), "python -m tests.conformance.who_may writes it anew; read it"


@cache
def table_of(service: str) -> Table:
    """The routes of a service with their rows, as they are when it runs."""
    routers: list[APIRouter] = [*registry.service(service).routers, docs_router(service)]
    routers.append(stream_router(service, Feed(), lambda _who, _change: True))
    return Table([route for router in routers for route in router.routes], rules_of(service))


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


@each_route
@pytest.mark.parametrize("credentials", [by_key, by_cookie])
async def test_each_role_enters_where_the_table_says(
    service: str, rule: Rule, credentials: Callable[[Rule], dict[str, str]]
) -> None:
    expected = set(admitted(rule))
    for role in sorted(ROLES):
        gate = gate_of(service, person_with(role))
        assert await knock(gate, rule, credentials(rule)) == ("in" if role in expected else "Forbidden"), role


@each_route
async def test_a_system_enters_by_its_scopes_alone(service: str, rule: Rule) -> None:
    every_scope = {name for _, other in CASES for name in other.allowed if ":" in name}
    for scope in sorted(every_scope):
        expected = scope in rule.allowed or PUBLIC in rule.allowed
        found = await knock(gate_of(service, system_with(scope)), rule, by_key(rule))
        assert found == ("in" if expected else "Forbidden"), scope


@each_route
async def test_the_public_enters_public_routes_alone(service: str, rule: Rule) -> None:
    found = await knock(gate_of(service, ANYONE), rule, {})
    assert found == ("in" if PUBLIC in rule.allowed else "Unauthenticated")


@pytest.mark.parametrize(("service", "rule"), WRITES, ids=lambda each: getattr(each, "path", each))
@pytest.mark.parametrize(
    "origin",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
    ids=["origin", "cross-site", "same-site"],
)
async def test_no_other_site_changes_anything_with_a_persons_cookie(
    service: str, rule: Rule, origin: dict[str, str]
) -> None:
    headers = {"cookie": f"{session_cookie(False)}=x", "host": "ccms.example", **origin}
    found = await knock(gate_of(service, person_with("cs_manager")), rule, headers)
    assert found == ("in" if PUBLIC in rule.allowed else OtherSite.__name__)


@each_route
def test_who_administers_sees_no_case_by_that_role(service: str, rule: Rule) -> None:
    if rule.path.startswith(CASES_OF) and PUBLIC not in rule.allowed and not NO_CASES.search(rule.path):
        assert "admin" not in admitted(rule)


@each_route
def test_an_auditor_changes_nothing_but_their_own_account(service: str, rule: Rule) -> None:
    if rule.method != "GET" and PUBLIC not in rule.allowed and not AUDITORS_OWN.search(rule.path):
        assert "auditor" not in admitted(rule)


@each_route
def test_the_directory_of_people_is_for_administrators_and_auditors(service: str, rule: Rule) -> None:
    if rule.path.startswith(("/sharing/", "/api/sharing/v1/people", "/api/sharing/v1/keys")):
        assert not set(admitted(rule)) & STAFF
