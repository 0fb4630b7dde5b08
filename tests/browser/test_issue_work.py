"""People work on a serious issue in the browser, each in their role: acknowledge, tick, contain, close, reopen."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Portal, shoot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BURN = "전기장판에서 불이 나 손에 화상을 입었어요"
Open = Callable[..., Any]


async def a_burn(portal: Portal, page: Page) -> str:
    """File a dangerous complaint about a product of its own, and wait until its issue stands on the board."""
    code = uuid4().hex[:6].upper()
    portal.file(BURN, product={"code": code, "name": f"전기장판 {code}"})
    await page.goto(f"{portal.url}/alerts?product={code}")
    link = page.locator("[data-open]", has_text=code)
    await expect(link).to_be_visible()
    href = await link.get_attribute("href")
    assert isinstance(href, str)
    return href


def acknowledge(portal: Portal, href: str) -> None:
    answer = httpx.post(
        f"{portal.url}/api/alerts/v1/issues{href.removeprefix('/alerts')}/acknowledgements",
        headers=portal.headers_of("safety_officer"),
        json={},
    )
    assert answer.status_code in (201, 409), answer.text


async def test_the_board_is_worked_by_keyboard_alone(portal: Portal, open_page: Open) -> None:
    page = await open_page("/alerts", role="safety_officer")
    await a_burn(portal, page)
    await page.locator("body").press("j")
    await expect(page.locator("[data-open]").first).to_be_focused()
    await page.keyboard.press("a")
    row = page.locator("[data-row]").first
    await expect(row).to_contain_text("확인됨")
    await expect(page.locator("#notice")).to_be_empty()
    await page.locator("body").press("j")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="할 일")).to_be_visible()
    await page.goto(portal.url + "/alerts")
    await page.locator("body").press("/")
    await expect(page.get_by_label("제품(이름 또는 코드)")).to_be_focused()


async def test_what_one_person_ticks_others_see_without_reloading(portal: Portal, open_page: Open) -> None:
    officer = await open_page("/alerts", role="safety_officer")
    href = await a_burn(portal, officer)
    acknowledge(portal, href)
    agent = await open_page(href, role="agent")
    await expect(agent.locator("[data-live=live]")).to_be_visible()
    await expect(agent.get_by_role("button", name="완료")).to_have_count(0)
    await officer.goto(portal.url + href)
    await officer.get_by_role("button", name="완료: 즉시 판매와 출고를 멈춘다").click()
    await expect(officer.locator("#item-stop-sale")).to_contain_text("강이현")
    await expect(agent.locator("#item-stop-sale")).to_contain_text("완료")
    await expect(agent.locator("#part-timeline")).to_contain_text("강이현 완료: 즉시 판매와 출고를 멈춘다")
    await shoot(officer, "issue-checklist")


async def test_what_somebody_types_is_not_taken_away_by_what_others_do(portal: Portal, open_page: Open) -> None:
    officer = await open_page("/alerts", role="safety_officer")
    href = await a_burn(portal, officer)
    acknowledge(portal, href)
    await officer.goto(portal.url + href)
    await expect(officer.locator("[data-live=live]")).to_be_visible()
    item = officer.locator("#item-check-statutory-deadlines")
    await item.get_by_text("내용을 적어 완료하거나 생략").click()
    note = item.get_by_label("조치 내용 또는 생략 이유")
    await note.fill("제품안전 신고 대상인지 확인 중")
    cco = await open_page(href, role="cco")
    await cco.get_by_role("button", name="완료: 대표이사에게 보고한다").click()
    await expect(officer.locator("#part-timeline")).to_contain_text("국지율 완료")
    await expect(note).to_have_value("제품안전 신고 대상인지 확인 중")
    await expect(officer.locator("#part-work [data-stale]")).to_be_visible()
    await item.get_by_role("button", name="이 이유로 생략").click()
    await expect(officer.locator("#item-check-statutory-deadlines")).to_contain_text("생략")
    await expect(officer.locator("#item-report-to-ceo")).to_contain_text("국지율")


async def test_containment_is_ordered_carried_out_and_shown_on_the_board(portal: Portal, open_page: Open) -> None:
    manager = await open_page("/alerts", role="cs_manager")
    href = await a_burn(portal, manager)
    acknowledge(portal, href)
    await manager.goto(portal.url + href)
    await manager.get_by_text("긴급조치(봉쇄) 지시").click()
    await manager.get_by_label("출고 중지").check()
    await manager.get_by_label("로트(비워 두면 모든 로트)").fill("L-2610, L-2611")
    await manager.get_by_role("button", name="지시하기").click()
    await expect(manager.locator("#part-orders")).to_contain_text("로트 L-2610, L-2611")
    head = await open_page(href, width=390, role="dept_manager")
    await expect(head.get_by_role("button", name="이행 확인: 물류센터, 출고 중지")).to_have_count(0)
    await head.get_by_role("button", name="이행 확인: 생산본부, 출고 중지").click()
    await expect(head.locator("#part-orders")).to_contain_text("남시우")
    await shoot(head, "issue-containment-phone")
    await expect(manager.locator("#part-orders")).to_contain_text("남시우")
    await manager.get_by_role("button", name="이행 확인: 물류센터, 출고 중지").click()
    await expect(manager.locator("#part-tag")).to_contain_text("봉쇄됨")
    await expect(manager.locator("#part-orders")).to_contain_text("대신 확인")
    await shoot(manager, "issue-contained")


async def test_closing_says_what_is_missing_keeps_what_was_typed_and_goes_through_in_the_end(
    portal: Portal, open_page: Open
) -> None:
    page = await open_page("/alerts", role="safety_officer")
    href = await a_burn(portal, page)
    acknowledge(portal, href)
    await page.goto(portal.url + href)
    await page.get_by_text("이슈 종결").first.click()
    await page.get_by_label("종결 이유").fill("어댑터를 바꾸었습니다")
    await page.get_by_role("button", name="이슈 종결").click()
    await expect(page.get_by_role("alert")).to_contain_text("필수 조치 4건")
    await expect(page.get_by_label("종결 이유")).to_have_value("어댑터를 바꾸었습니다")
    await shoot(page, "issue-close-refused")
    for action in ("stop-sale", "look-after-victims", "check-statutory-deadlines", "report-to-ceo"):
        await page.goto(portal.url + href)
        await page.locator(f"#item-{action} .quick button").click()
        await expect(page.locator(f"#item-{action}")).to_contain_text("강이현")
    await page.get_by_text("이슈 종결").first.click()
    await page.get_by_label("종결 이유").fill("어댑터를 바꾸었습니다")
    await page.get_by_role("button", name="이슈 종결").click()
    await expect(page.locator("#part-tag")).to_contain_text("강이현 종결")
    await page.get_by_label("다시 여는 이유").fill("다른 로트에서도 나왔습니다")
    await page.get_by_role("button", name="이슈 다시 열기").click()
    await expect(page.locator("#part-tag")).to_contain_text("확인됨")
    await expect(page.locator("#part-timeline")).to_contain_text("다시 열림")


async def test_an_employee_sees_how_it_is_handled_and_nothing_of_what_was_suffered(
    portal: Portal, open_page: Open
) -> None:
    officer = await open_page("/alerts", role="safety_officer")
    href = await a_burn(portal, officer)
    page = await open_page(href, width=390, role="employee")
    await expect(page.locator("#part-tag")).to_contain_text("화재")
    await expect(page.locator("#part-work")).to_contain_text("즉시 판매와 출고를 멈춘다")
    assert "화상" not in await page.locator("main").inner_text()
    await expect(page.locator("main").get_by_role("button")).to_have_count(0)
    await shoot(page, "issue-employee-phone")
