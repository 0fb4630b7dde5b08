"""The policy table, walked completely: every route × every role, and who counts as whom."""

import re
from collections.abc import Sequence

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from shared.identity.policy import EVERYONE, PUBLIC, PolicyError, Rule
from shared.identity.principal import ROLES, Principal
from shared.runtime.settings import Settings
from shared.web.app import create_app
from shared.web.authentication import Authenticator
from shared.web.docs import docs_policy
from tests.component.web.conftest import AppOf, Asgi, Connect
from tests.component.web.sample import AGENT, OFFICER, POLICY

RULES = [*POLICY, *docs_policy("sample")]
FINITE = [rule for rule in RULES if not rule.path.endswith("/stream")]  # test_stream walks that one
READERS = ROLES - {"consumer", "admin"}
CHANGERS = READERS - {"auditor"}


def expected(rule: Rule, role: str) -> bool:
    """Said apart from the code: what a person with this one role may."""
    staff = READERS if rule.method == "GET" else CHANGERS
    return PUBLIC in rule.allowed or role in rule.allowed or (EVERYONE in rule.allowed and role in staff)


@pytest.mark.parametrize("rule", FINITE, ids=lambda rule: f"{rule.method} {rule.path}")
async def test_each_role_enters_where_its_row_says(app_of: AppOf, connect: Connect, rule: Rule) -> None:
    path = re.sub(r"{\w+}", "decided", rule.path)
    for role in sorted(ROLES):
        person = Principal("p", "", frozenset({role}), "person")
        async with connect(app_of(person, "local")) as client:
            answer = await client.request(rule.method, path, headers={"Origin": "http://localhost:8000"})
        assert (answer.status_code != 403) is expected(rule, role), f"{role}: {answer.status_code}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.method} {rule.path}")
async def test_without_credentials_only_public_routes_open(app_of: AppOf, connect: Connect, rule: Rule) -> None:
    async with connect(app_of()) as client:
        answer = await client.request(rule.method, re.sub(r"{\w+}", "decided", rule.path))
    assert (answer.status_code == 401) is (PUBLIC not in rule.allowed)
    assert ("www-authenticate" in answer.headers) is (answer.status_code == 401)


async def test_a_system_enters_by_its_scope_only(shop: httpx.AsyncClient) -> None:
    assert (await shop.post("/api/sample/v1/cases", json={"body": "x"})).status_code == 201
    assert (await shop.get("/api/sample/v1/cases")).status_code == 403


@pytest.mark.parametrize("header", ["Bearer nobody", "Bearer", "Basic YTpi", "agent-key"])
async def test_a_wrong_key_is_401_even_on_a_public_route(app_of: AppOf, connect: Connect, header: str) -> None:
    async with connect(app_of(OFFICER, "local")) as client:
        answer = await client.post("/api/sample/v1/public/cases", json={"body": "x"}, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/key-unknown")


@pytest.mark.parametrize("end", ["%0A", "%0D", "%00", "/", "%2F", "//", ";x", "%0A%0A"])
@pytest.mark.parametrize("path", ["/api/sample/v1/settings", "/api/sample/v1/cases", "/sample/cases"])
async def test_no_other_spelling_of_an_address_slips_by(app_of: AppOf, connect: Connect, path: str, end: str) -> None:
    async with connect(app_of()) as client:
        assert (await client.get(path + end)).status_code in {401, 404}


async def test_the_refusal_comes_before_the_body_is_looked_at(shop: httpx.AsyncClient) -> None:
    answer = await shop.put("/api/sample/v1/cases/1", content=b"{broken")
    assert answer.status_code == 403


class TestTheLocalViewer:
    async def test_is_the_browser_without_credentials(self, browser: httpx.AsyncClient) -> None:
        answer = await browser.post("/api/sample/v1/cases", json={"body": "x"})
        assert answer.json()["by"] == OFFICER.id

    async def test_becomes_the_person_that_the_cookie_names(self, browser: httpx.AsyncClient) -> None:
        for person, by in ((AGENT.id, AGENT.id), ("p-nobody", OFFICER.id), ("", OFFICER.id)):
            headers = {"Cookie": f"ccms_person={person}"}
            answer = await browser.post("/api/sample/v1/cases", json={"body": "x"}, headers=headers)
            assert answer.json()["by"] == by

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
            {"Origin": "http://evil.example"},
            {"Origin": "http://localhost:9000"},
            {"Origin": "null"},
        ],
    )
    async def test_changes_nothing_for_another_site(
        self, app_of: AppOf, connect: Connect, headers: dict[str, str]
    ) -> None:
        async with connect(app_of(OFFICER, "local")) as client:
            answer = await client.post("/api/sample/v1/cases", json={"body": "x"}, headers=headers)
            public = await client.post("/api/sample/v1/public/cases", json={"body": "x"}, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/other-site")
        assert public.json()["by"] == "public"

    async def test_is_nobody_for_a_script_that_changes_something(self, app_of: AppOf, connect: Connect) -> None:
        async with connect(app_of(OFFICER, "local")) as client:
            assert (await client.post("/api/sample/v1/cases", json={"body": "x"})).status_code == 401
            assert (await client.get("/api/sample/v1/cases")).status_code == 200

    async def test_follows_a_link_from_elsewhere(self, app_of: AppOf, connect: Connect) -> None:
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
        async with connect(app_of(OFFICER, "local")) as client:
            assert (await client.get("/sample/cases", headers=headers)).status_code == 200

    @pytest.mark.parametrize(
        "host", ["evil.example", "localhost.evil.example", "evil.example:8000", "192.0.2.7:8000", ""]
    )
    async def test_is_nobody_under_a_name_that_may_be_rebound(self, app_of: AppOf, asgi: Asgi, host: str) -> None:
        heard = await asgi(app_of(OFFICER, "local"), "GET", "/api/sample/v1/cases", {"host": host})
        assert heard.status == 401

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "127.0.1.1", "[::1]:8000"])
    async def test_is_known_at_this_machines_own_address(self, app_of: AppOf, asgi: Asgi, host: str) -> None:
        heard = await asgi(app_of(OFFICER, "local"), "GET", "/api/sample/v1/cases", {"host": host})
        assert heard.status == 200

    async def test_does_not_exist_in_production(self, app_of: AppOf, connect: Connect) -> None:
        async with connect(app_of()) as client:
            headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"ccms_person={OFFICER.id}"}
            assert (await client.get("/api/sample/v1/cases", headers=headers)).status_code == 401


class TestTheTable:
    router = APIRouter()

    @staticmethod
    @router.get("/cases/{id}")
    async def read(id: str) -> str:
        return id

    @staticmethod
    @router.get("/cases/new")
    async def new() -> str:
        return "new"

    def start(self, policy: Sequence[Rule], router: APIRouter) -> FastAPI:
        authenticator = Authenticator(lambda _key: None)  # type: ignore[arg-type, return-value]
        return create_app("x", [router], policy, settings=Settings(), authenticator=authenticator)

    def test_a_route_without_a_row_does_not_start(self) -> None:
        with pytest.raises(PolicyError, match=r'GET /cases/\{id\} has no row.*add Rule\("GET", "/cases/\{id\}", …\)'):
            self.start([], self.router)

    def test_a_row_without_a_route_does_not_start(self) -> None:
        with pytest.raises(PolicyError, match="names GET /gone, which is no route"):
            self.start([Rule("GET", "/gone", PUBLIC)], APIRouter())

    def test_two_rows_for_one_route_do_not_start(self) -> None:
        with pytest.raises(PolicyError, match="GET /gone has two rows"):
            self.start([Rule("GET", "/gone", PUBLIC), Rule("GET", "/gone", "admin")], APIRouter())

    def test_a_route_that_another_one_hides_does_not_start(self) -> None:
        rows = [Rule("GET", "/cases/{id}", PUBLIC), Rule("GET", "/cases/new", "admin")]
        with pytest.raises(PolicyError, match=r"GET /cases/new is never reached: /cases/\{id\} stands before it"):
            self.start(rows, self.router)

    def test_routers_inside_routers_are_found(self) -> None:
        outer = APIRouter(prefix="/outer")
        outer.include_router(self.router)
        with pytest.raises(PolicyError, match="/outer/cases/"):
            self.start([], outer)
