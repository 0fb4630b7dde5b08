"""The policy table, walked completely: every route × every role, and who counts as whom."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from shared.identity.policy import EVERYONE, PUBLIC, PolicyError, Rule
from shared.identity.principal import ROLES, Principal
from shared.runtime.settings import Settings
from shared.web.app import create_app
from shared.web.authentication import Authenticator, session_cookie
from shared.web.docs import docs_policy
from shared.web.sign_in import safe_next
from tests.component.web.conftest import SIGNED_IN, AppOf, Connect
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
            headers = {"Origin": "http://localhost:8000", "Cookie": SIGNED_IN.format(id="p")}
            answer = await client.request(rule.method, path, headers=headers)
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


class TestASession:
    async def test_is_whoever_its_cookie_names(self, browser: httpx.AsyncClient) -> None:
        answer = await browser.post("/api/sample/v1/cases", json={"body": "x"})
        assert answer.json()["by"] == OFFICER.id

    @pytest.mark.parametrize("cookie", ["p-nobody", "", "x" * 5000, "%00", "null"])
    async def test_is_nobodys_when_the_cookie_is_not_ours(self, browser: httpx.AsyncClient, cookie: str) -> None:
        headers = {"Cookie": SIGNED_IN.format(id=cookie)}
        answer = await browser.post("/api/sample/v1/cases", json={"body": "x"}, headers=headers)
        assert answer.status_code == 401

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
        headers = {**headers, "Cookie": SIGNED_IN.format(id=OFFICER.id)}
        async with connect(app_of(OFFICER, "local")) as client:
            answer = await client.post("/api/sample/v1/cases", json={"body": "x"}, headers=headers)
            public = await client.post("/api/sample/v1/public/cases", json={"body": "x"}, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/other-site")
        assert public.json()["by"] == "public"

    async def test_changes_nothing_for_a_script_that_does_not_say_where_it_comes_from(
        self, app_of: AppOf, connect: Connect
    ) -> None:
        async with connect(app_of(OFFICER, "local")) as client:
            client.headers["Cookie"] = SIGNED_IN.format(id=OFFICER.id)
            assert (await client.post("/api/sample/v1/cases", json={"body": "x"})).status_code == 401
            assert (await client.get("/api/sample/v1/cases")).status_code == 200

    async def test_follows_a_link_from_elsewhere(self, app_of: AppOf, connect: Connect) -> None:
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
        async with connect(app_of(OFFICER, "local")) as client:
            client.headers["Cookie"] = SIGNED_IN.format(id=OFFICER.id)
            assert (await client.get("/sample/cases", headers=headers)).status_code == 200

    async def test_in_production_only_a_cookie_that_is_bound_to_this_host_counts(
        self, app_of: AppOf, connect: Connect
    ) -> None:
        async with connect(app_of()) as client:
            for name, status in ((session_cookie(True), 200), (session_cookie(False), 401)):
                headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"{name}={OFFICER.id}"}
                assert (await client.get("/api/sample/v1/cases", headers=headers)).status_code == status

    async def test_is_not_needed_where_an_api_key_is_shown(self, app_of: AppOf, connect: Connect) -> None:
        async with connect(app_of(), "agent-key") as client:
            client.headers["Cookie"] = f"{session_cookie(True)}={OFFICER.id}"
            assert (await client.post("/api/sample/v1/cases", json={"body": "x"})).json()["by"] == AGENT.id


class TestWhoeverIsNotSignedIn:
    async def test_is_led_to_the_sign_in_page_and_back(self, app_of: AppOf, connect: Connect) -> None:
        async with connect(app_of()) as client:
            answer = await client.get("/sample/cases?after=b%26c&q=누수", headers={"Accept": "text/html"})
        assert answer.status_code == 303
        wanted = parse_qs(urlsplit(answer.headers["location"]).query)["next"]
        assert wanted == ["/sample/cases?after=b%26c&q=%EB%88%84%EC%88%98"]
        assert safe_next(wanted[0]) == wanted[0]

    async def test_gets_401_from_an_api_and_where_a_form_was_sent(self, app_of: AppOf, connect: Connect) -> None:
        async with connect(app_of()) as client:
            page = {"Accept": "text/html"}
            assert (await client.get("/api/sample/v1/cases", headers=page)).status_code == 401
            assert (await client.get("/sample/cases", headers={**page, "HX-Request": "true"})).status_code == 401
            sent = await client.post("/sample/cases/1/notes", data={"note": "x"}, headers=page)
        assert sent.status_code == 401
        assert 'href="/sign-in"' in sent.text


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil.example", "",
        "/\t/evil.example", "/a\n", "/api/intake/v1/complaints", "/sign-in?next=/", "/" + "a" * 3000, "/불만",
    ],
)  # fmt: skip
def test_nobody_is_led_to_another_site_after_signing_in(wanted: str) -> None:
    assert safe_next(wanted) == "/"


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
