"""Every page, as everyone who comes: no dead link, nothing that axe finds, nothing wider than the window."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Browser, Page

from shared.web.reader import LANGUAGE_NAME
from tests.browser.conftest import Portal, is_fault, shoot
from tests.browser.looking import COLOURS, faults_at_any_width, faults_of
from tests.browser.walk import kind_of, kinds_of_pages
from tests.browser.week import Tour, played, take_files, tours

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(900)]

DESK, PHONE, HEIGHT = 1280, 390, 900
DARK = "ko"
"""In which language colours are looked at in the dark too; they do not depend on it."""
UNLINKED = {
    "/intake/palette": "what the palette lists while somebody types",
    "/intake/work/count": "the number beside “My work”",
    "/intake/complaints/{complaint_id}/part": "a part of the card, drawn anew when somebody else changed it",
}
"""Parts of pages, to which no link leads, and what they are."""


class Look(NamedTuple):
    """One page to look at: what to call it, and where it is."""

    name: str
    address: str


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("week")


@pytest.fixture(scope="session")
def week(folder: Path) -> Iterator[Portal]:
    with played(folder) as portal:
        take_files(portal)
        yield portal


@pytest.fixture(scope="session")
def toured(week: Portal, folder: Path) -> list[Tour]:
    """Everyone, with everything that links lead them to."""
    return list(tours(week, folder))


def test_no_link_leads_anybody_astray(toured: Sequence[Tour]) -> None:
    dead = [
        (tour.visitor, step.address, step.answer.status_code)
        for tour in toured
        for step in tour.steps
        if step.answer.status_code >= 400
    ]
    assert dead == []


def test_links_lead_to_every_page(toured: Sequence[Tour]) -> None:
    found = {step.kind for tour in toured for step in tour.steps}
    assert kinds_of_pages() - found == set(UNLINKED)


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_every_page_can_be_used_by_everyone(
    language: str, toured: Sequence[Tour], week: Portal, browser: Browser
) -> None:
    found: list[str] = []
    for tour, looks in shared_out(toured):
        async with sitting(browser, week, tour, language) as (page, said):
            for look in looks:
                faults = await faults_everywhere(page, week.url, look, language)
                found += [f"{tour.visitor} {look.address}: {fault}" for fault in [*faults, *said]]
                said.clear()
    assert found == []


def shared_out(toured: Sequence[Tour]) -> list[tuple[Tour, list[Look]]]:
    """Where each visitor began, whose places differ; and each kind of page once, by the first who comes there."""
    seen: set[str] = set()
    shared = []
    for tour in toured:
        looks = [Look(f"{tour.visitor}-{name_of(kind_of(start))}", start) for start in tour.starts]
        for step in tour.steps:
            name = name_of(step.kind)
            if step.is_page and name not in seen and step.address not in tour.starts:
                looks.append(Look(name, step.address))
            seen.add(name)
        shared.append((tour, looks))
    return shared


def name_of(kind: str) -> str:
    """What to call a kind of page; the documents of the APIs are all of one."""
    return re.sub(r"[^a-z]+", "-", re.sub(r"^/api/[a-z]+/", "/api/", kind)).strip("-") or "home"


@asynccontextmanager
async def sitting(browser: Browser, week: Portal, tour: Tour, language: str) -> AsyncIterator[tuple[Page, list[str]]]:
    """A browser of the visitor, and what its console says that it should not."""
    context = await browser.new_context(locale=language)
    kept = {**tour.cookies, LANGUAGE_NAME: language}
    await context.add_cookies([{"name": name, "value": value, "url": week.url} for name, value in kept.items()])
    page, said = await context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text) if is_fault(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page, said
    await context.close()


async def faults_everywhere(page: Page, url: str, look: Look, language: str) -> list[str]:
    """At the width of a desk and of a phone, and the colours in the dark; keeps a picture of each width."""
    faults: list[str] = []
    await page.set_viewport_size({"width": DESK, "height": HEIGHT})
    await page.goto(url + look.address)
    if (shown := await page.locator("html").get_attribute("lang")) != language:
        faults.append(f"is in {shown}")
    for width in (DESK, PHONE):
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        faults += [f"{fault} at {width}" for fault in await faults_at_any_width(page)]
        await shoot(page, f"{look.name}-{width}-{language}")
    if language == DARK:
        await page.emulate_media(color_scheme="dark")
        faults += [f"{fault} in the dark" for fault in await faults_of(page, COLOURS)]
        await page.emulate_media(color_scheme="light")
    return faults
