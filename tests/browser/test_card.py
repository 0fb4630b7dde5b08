"""One card: a department gives its cause, two people meet on it, parts change while somebody writes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Portal
from tests.browser.test_queue import shoot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Any]
FAULT = "전기밥솥 코팅이 벗겨져 고장이 났어요. 환불해 주세요."
BURN = "전기장판에서 불이 나 손에 화상을 입어 병원에서 2주 치료를 받았어요."


def filed(portal: Portal, body: str = FAULT) -> str:
    code = f"K{uuid4().hex[:6].upper()}"
    return str(portal.file(body, product={"code": code, "name": f"밥솥 {code}"})["number"])


def change(portal: Portal, number: str, path: str, role: str, **body: Any) -> None:
    """Somebody else changes the card meanwhile."""
    url = f"{portal.url}/api/intake/v1/complaints/{number}{path}"
    httpx.post(url, json=body, headers=portal.headers_of(role)).raise_for_status()


async def card(open_page: Open, number: str, role: str, **more: Any) -> Page:
    page: Page = await open_page(f"/intake/complaints/{number}", role=role, **more)
    await expect(page.locator("#card")).to_be_visible()
    return page


async def test_a_department_gives_cause_and_prevention_and_loses_nothing_when_one_is_missing(
    portal: Portal, open_page: Open
) -> None:
    page = await card(open_page, filed(portal), "assignee")
    form = page.locator("[data-part=subcase-production] form", has=page.locator("[name=prevention]"))
    await form.locator("[name=cause]").select_option("process")
    await form.locator("[name=cause_text]").fill("코팅 온도가 낮았다")
    await form.get_by_role("button", name="원인·재발방지 회신").click()
    wrong = page.locator("[name=prevention][aria-invalid=true]")
    await expect(wrong).to_be_focused()
    await expect(page.locator("[name=cause_text]")).to_have_value("코팅 온도가 낮았다")
    await shoot(page, "card-refused")
    await wrong.fill("온도를 상시 점검한다")
    await page.locator("[data-part=subcase-production]").get_by_role("button", name="원인·재발방지 회신").click()
    await expect(page.locator("[data-part=subcase-production]")).to_contain_text("회신함")
    await expect(page.locator(".happened")).to_contain_text("생산본부 원인 회신")


async def test_two_people_on_one_card_are_warned_and_nothing_is_overwritten(portal: Portal, open_page: Open) -> None:
    number = filed(portal)
    one, two = await card(open_page, number, "agent"), await card(open_page, number, "cs_manager")
    await two.locator("[data-act=override] summary").click()
    await two.locator("#overrides-product_name").fill("밥솥 B")
    await one.reload()
    await expect(one.locator("#presence")).to_contain_text("오도현 님이 이 카드를 고치고 있습니다", timeout=20_000)
    change(portal, number, "/overrides", "agent", product_name="밥솥 A", reason="사진 확인")
    await expect(two.locator("#card-stale")).to_be_visible()
    await expect(two.locator("#overrides-product_name")).to_have_value("밥솥 B")
    await expect(two.locator(".happened")).to_contain_text("밥솥 A")
    await two.locator("#overrides-reason").fill("전화 확인")
    await two.locator("[data-form=override] button").click()
    await expect(two.locator("[data-form=override] .theirs")).to_contain_text("밥솥 A")
    await expect(two.locator("#overrides-product_name")).to_have_value("밥솥 B")
    await expect(two.locator("#overrides-reason")).to_have_value("전화 확인")
    await shoot(two, "card-two-people")
    await two.locator("[data-form=override] button").click()
    await expect(two.locator("[data-part=facts]")).to_contain_text("밥솥 B")


async def test_what_others_do_appears_without_reloading(portal: Portal, open_page: Open) -> None:
    number = filed(portal)
    page = await card(open_page, number, "executive")
    await expect(page.locator("[data-live=live]")).to_be_visible()
    change(portal, number, "/comments", "agent", text="물류사에 확인 중")
    await expect(page.locator(".happened")).to_contain_text("물류사에 확인 중")


async def test_the_original_needs_a_reason_and_is_gone_after_reloading(portal: Portal, open_page: Open) -> None:
    number = filed(portal, "010-1234-5678로 전화 주세요. 전기밥솥 코팅이 벗겨졌어요.")
    page = await card(open_page, number, "agent")
    await expect(page.locator("#card")).not_to_contain_text("1234-5678")
    await page.get_by_text("원문 보기 (사유 필요)").click()
    await page.get_by_label("열람 사유").fill("회수 일정 전화")
    await page.get_by_role("button", name="보기", exact=True).click()
    await expect(page.locator(".original")).to_contain_text("010-1234-5678")
    await page.reload()
    await expect(page.locator("#card")).not_to_contain_text("1234-5678")


@pytest.mark.parametrize(
    ("role", "sees"), [("agent", True), ("safety_officer", True), ("hr", False), ("dept_manager", False)]
)
async def test_health_is_read_by_those_alone_who_have_to_know(
    portal: Portal, open_page: Open, role: str, sees: bool
) -> None:
    page = await card(open_page, filed(portal, BURN), role)
    await expect(page.locator("#card-title")).to_contain_text("병원에서" if sees else "[건강 정보: 화상")
