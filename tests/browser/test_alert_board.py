"""A serious complaint on the alert board: it appears by itself, counts down, calls on, and is acknowledged."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import SHORT, Portal, shoot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BURN = "전기장판에서 불이 나 손에 화상을 입었어요"
Open = Callable[..., Any]


def row_of(page: Page, product: str) -> Locator:
    return page.locator(".issue", has_text=product)


def a_product() -> dict[str, str]:
    code = uuid4().hex[:6].upper()
    return {"code": code, "name": f"전기장판 {code}"}


async def test_a_burn_appears_without_reloading_with_its_reason_and_counts_down(
    portal: Portal, open_page: Open
) -> None:
    page, product = await open_page("/alerts", role="safety_officer"), a_product()
    await expect(page.locator("[data-live=live]")).to_be_visible()
    portal.file(BURN, product=product)
    row = row_of(page, product["name"])
    await expect(row).to_be_visible()
    await expect(row).to_contain_text("“불이 나”")
    await expect(page.locator("section", has=row).locator("h2")).to_contain_text("3단계")
    clock = row.locator("[data-due]")
    before = await clock.inner_text()
    await expect(clock).not_to_have_text(before)
    await shoot(page, "board-counting-down")


async def test_when_nobody_acknowledges_the_next_person_is_called(portal: Portal, open_page: Open) -> None:
    page, product = await open_page("/alerts", role="safety_officer"), a_product()
    portal.file(BURN, product=product)
    row = row_of(page, product["name"])
    await expect(row).to_contain_text("지금 나를 호출 중")
    await expect(row).to_contain_text("호출 중: 민소을", timeout=1000 * (SHORT + 10))


async def test_an_acknowledgement_stops_the_countdown(portal: Portal, open_page: Open) -> None:
    page, product = await open_page("/alerts", role="safety_officer"), a_product()
    portal.file(BURN, product=product)
    row = row_of(page, product["name"])
    await row.get_by_role("button").click()
    await expect(row).to_contain_text("강이현")
    await expect(row).to_contain_text("확인됨")
    await expect(row).not_to_contain_text("호출 중")
    await expect(row.locator(".deadline")).to_contain_text("즉시 판매와 출고를 멈춘다")
    await shoot(page, "board-acknowledged")


async def test_the_issue_tells_what_to_do_and_what_happened_in_english_on_a_phone(
    portal: Portal, open_page: Open
) -> None:
    product = a_product()
    portal.file(BURN, product=product)
    page = await open_page("/alerts?lang=en", width=390, language="en", role="safety_officer")
    await row_of(page, product["name"]).get_by_role("link").first.click()
    await expect(page.get_by_role("heading", name="Why it alarmed")).to_be_visible()
    await expect(page.get_by_text("Stop sales and shipment at once")).to_be_visible()
    await page.get_by_label("What do you do first?").fill("Sales stopped")
    await page.get_by_role("button", name="Acknowledge").click()
    await expect(page.locator("#part-timeline")).to_contain_text("Sales stopped")
    await shoot(page, "issue-phone-en")


@pytest.mark.parametrize("path", ["/", "/alerts", "/intake/complaints", "/asyncapi", "/api/intake/v1/docs"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [390, 1280])
async def test_every_page_stays_within_the_window(
    portal: Portal, open_page: Open, path: str, language: str, width: int
) -> None:
    page = await open_page(f"{path}?lang={language}", width=width, language=language, role="safety_officer")
    await expect(page.locator("html")).to_have_attribute("lang", language)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await shoot(page, f"page{path.replace('/', '-')}-{width}-{language}")
