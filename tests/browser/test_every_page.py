"""Every page, as everyone who works here: no dead link, no fault that axe finds, nothing wider than a phone."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from shared.identity.principal import ROLES
from tests.browser.conftest import ROOT, Portal, shoot
from tests.browser.walk import kind_of, pages_of_services, walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

VISITORS = sorted(ROLES - {"consumer"})
PHONE, DESK = 390, 1280
UNLINKED = {
    "/intake/palette": "fills the palette, and leads on to a search",
    "/intake/work/count": "stands beside “My work”, and leads on to it",
    "/alerts/of/{complaint_id}": "leads on to the issue",
}
"""Pages that no link of the sample week leads to, and why."""


@pytest.fixture(scope="session")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal in which the sample week has been played."""
    folder = tmp_path_factory.mktemp("week")
    demo = subprocess.Popen(
        [sys.executable, "-m", "deploy.cli", "demo", "--data", str(folder), "--port", "0", "--fast", "--stay"],
        cwd=ROOT,
        env={**os.environ, "CCMS_LANGUAGE": "ko"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout is not None
    for line in demo.stdout:  # its last line is the address
        if line.startswith("http"):
            break
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    yield Portal(run["url"], run["accounts"]["employee"]["api_key"], run["accounts"])
    demo.send_signal(signal.SIGINT)
    assert demo.wait(30) == 0


@pytest.fixture(scope="session")
def reached(week: Portal) -> dict[str, dict[str, str]]:
    """Of each visitor: an address of every kind of page that links lead to, by kind. Dead links fail at once."""
    return {visitor: reached_by(week, visitor) for visitor in ["public", *VISITORS]}


def reached_by(week: Portal, visitor: str) -> dict[str, str]:
    with httpx.Client(base_url=week.url, follow_redirects=True, timeout=20) as client:
        if visitor != "public":
            sign_in(client, week, visitor)
        answers = list(walk(client))
    assert [(address, answer.status_code) for address, answer in answers if answer.status_code >= 400] == [], visitor
    return {kind_of(urlsplit(address).path): address for address, _ in answers}


def sign_in(client: httpx.Client, week: Portal, role: str) -> None:
    account = week.accounts[role]
    form = {"name": account["name"], "password": account["password"], "next": "/"}
    answer = client.post("/sign-in", data=form, headers={"Origin": week.url, "Accept": "text/html"})
    assert answer.is_success, (role, answer.status_code)


def test_no_link_leads_anybody_astray(reached: dict[str, dict[str, str]]) -> None:
    assert all(len(kinds) > 3 for kinds in reached.values())


def test_links_lead_to_every_page(reached: dict[str, dict[str, str]]) -> None:
    found = {kind for kinds in reached.values() for kind in kinds}
    assert pages_of_services() - found == set(UNLINKED)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_every_page_can_be_used_by_everyone(
    language: str, reached: dict[str, dict[str, str]], week: Portal, browser: Browser
) -> None:
    found: list[str] = []
    for visitor, kinds in first_visitors(reached).items():
        context = await browser.new_context(locale=language)
        if visitor != "public":
            await week.sign_in(context, visitor)
        page = await context.new_page()
        for kind, address in kinds.items():
            found += [f"{visitor} {kind}: {fault}" for fault in await faults_of(page, week.url + address, language)]
        await context.close()
    assert found == []


def first_visitors(reached: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Each kind of page once, by the first visitor who comes there."""
    seen: set[str] = set()
    shared: dict[str, dict[str, str]] = {}
    for visitor, kinds in reached.items():
        shared[visitor] = {kind: address for kind, address in kinds.items() if kind not in seen}
        seen |= kinds.keys()
    return {visitor: kinds for visitor, kinds in shared.items() if kinds}


async def faults_of(page: Page, address: str, language: str) -> list[str]:
    """What axe finds on a page, and whether it is wider than a phone; keeps a picture of both widths."""
    faults: list[str] = []
    kind = re.sub(r"[^a-z_-]", "", kind_of(urlsplit(address).path).strip("/").replace("/", "-")) or "home"
    for width in (DESK, PHONE):
        await page.set_viewport_size({"width": width, "height": 900})
        await page.goto(address)
        wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [f"{wide} px wider than {width}"] if wide > 1 else []
        await shoot(page, f"{kind}-{width}-{language}")
        result = await Axe().run(page)
        faults += [f"{v['id']} at {width}: {v['nodes'][0]['html'][:200]}" for v in result.response["violations"]]
    return faults
