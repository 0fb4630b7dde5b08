"""A day at the queue, by keys and by hand: list and card side by side, many at once, saved views, a phone."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import SHOTS, Portal
from tests.browser.looking import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Any]
LATE = "배송이 일주일째 안 와요. 운송장 번호도 없습니다."


def filed(portal: Portal, count: int, body: str = LATE) -> tuple[str, list[str]]:
    """Complaints about a product of their own: its code, and their numbers as the list shows them."""
    code = f"Q{uuid4().hex[:6].upper()}"
    numbers = [portal.file(body, product={"code": code, "name": f"밥솥 {code}"})["number"] for _ in range(count)]
    return code, numbers


async def queue(open_page: Open, code: str, role: str = "agent", **more: Any) -> Page:
    """The queue of one product, whose rows are all there."""
    page: Page = await open_page(f"/intake/complaints?product={code}&which=all&order=newest", role=role, **more)
    await expect(page.locator(".row").first).to_be_visible()
    return page


def row(page: Page, number: str) -> Locator:
    return page.locator(".row", has_text=number)


async def shoot(page: Page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SHOTS / f"{name}.png", caret="initial")


async def test_the_keys_move_open_comment_assign_resolve_and_go_on(portal: Portal, open_page: Open) -> None:
    code, numbers = filed(portal, 3)
    page = await queue(open_page, code)
    shown = await page.locator(".row .number").all_inner_texts()
    assert sorted(shown) == sorted(numbers)
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(row(page, shown[1]).locator(".row-link")).to_be_focused()
    await page.keyboard.press("Enter")
    card = page.locator(f"#card[data-number='{shown[1]}']")
    await expect(card).to_be_visible()
    await expect(row(page, shown[1]).locator(".row-link")).to_have_attribute("aria-current", "true")
    assert f"card={shown[1]}" in page.url
    await page.keyboard.press("c")
    await page.keyboard.type("jk를 눌러도 글자입니다")
    await page.locator("[data-form=comment] button").click()
    await expect(card.locator(".happened")).to_contain_text("jk를 눌러도 글자입니다")
    await page.locator("#card-title").click()
    await page.keyboard.press("a")
    await expect(page.locator("[data-form=own] select")).to_be_focused()
    await page.locator("[data-form=own] button").click()
    await expect(card.locator(".cc-tag")).to_contain_text("답변 담당 진서호")
    await answer(page)
    await page.locator("#card-title").click()
    await page.keyboard.press("e")
    await expect(page.locator("[data-form=accept] textarea")).to_be_focused()
    await page.keyboard.type("전화로 수락")
    await shoot(page, "queue-resolving")
    await page.locator("[data-form=accept] button").click()
    await expect(page.locator(f"#card[data-number='{shown[2]}']")).to_be_visible()
    await expect(row(page, shown[1])).to_contain_text("해결")


async def answer(page: Page) -> None:
    """Answer the customer from the card that is open."""
    await page.locator("#card-title").click()
    await page.keyboard.press("r")
    await page.locator("[data-form=answer] textarea").fill("오늘 다시 보내 드립니다.")
    await page.locator("[data-form=answer] button[name=send]").click()
    await expect(page.locator("#card")).to_contain_text("고객에게 답변")
    await expect(page.locator("[data-act=accept]")).to_be_visible()


async def test_what_cannot_be_done_says_so_and_changes_nothing(portal: Portal, open_page: Open) -> None:
    code, _ = filed(portal, 1)
    page = await queue(open_page, code)
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page.locator("#card")).to_be_visible()
    await page.keyboard.press("e")
    await expect(page.locator("#notice")).to_contain_text("지금 여기서는 할 수 없습니다")


async def test_many_are_picked_with_a_range_and_assigned_at_once(portal: Portal, open_page: Open) -> None:
    code, _ = filed(portal, 4)
    page = await queue(open_page, code, role="cs_manager")
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("Shift+X")
    await expect(page.locator("[name=pick]:checked")).to_have_count(3)
    await expect(page.locator("[data-picked]")).to_have_text("3")
    await shoot(page, "queue-bulk")
    await page.keyboard.press("a")
    await page.select_option("#bulk-owner", label="천하늬")
    await page.get_by_role("button", name="담당 지정").click()
    await expect(page.get_by_role("heading", name="3건 중 3건 처리")).to_be_visible()
    await page.get_by_role("link", name="목록으로").click()
    await expect(page.locator(".row", has_text="천하늬").or_(page.locator(".row")).first).to_be_visible()
    assert f"product={code}" in page.url


async def test_a_new_complaint_appears_by_itself_and_the_picked_stay_picked(portal: Portal, open_page: Open) -> None:
    code, _ = filed(portal, 2)
    page = await queue(open_page, code)
    await expect(page.locator("[data-live=live]")).to_be_visible()
    await page.locator("[name=pick]").first.check()
    chosen = await page.locator("[name=pick]:checked").get_attribute("value")
    number = portal.file(LATE, product={"code": code, "name": f"밥솥 {code}"})["number"]
    await expect(page.locator(".row")).to_have_count(3)
    await expect(row(page, number)).to_have_class(re.compile(r"\bfresh\b"))
    await expect(page.locator("[name=pick]:checked")).to_have_attribute("value", str(chosen))


async def test_the_back_button_brings_the_card_before(portal: Portal, open_page: Open) -> None:
    code, _ = filed(portal, 2)
    page = await queue(open_page, code)
    first, second = await page.locator(".row .number").all_inner_texts()
    await row(page, first).locator(".row-link").click()
    await expect(page.locator(f"#card[data-number='{first}']")).to_be_visible()
    await row(page, second).locator(".row-link").click()
    await expect(page.locator(f"#card[data-number='{second}']")).to_be_visible()
    await page.go_back()
    await expect(page.locator(f"#card[data-number='{first}']")).to_be_visible()
    await expect(row(page, first).locator(".row-link")).to_have_attribute("aria-current", "true")


async def test_a_list_becomes_a_view_that_can_be_deleted_and_brought_back(portal: Portal, open_page: Open) -> None:
    code, _ = filed(portal, 1)
    page, name = await queue(open_page, code), f"보기 {code}"
    await page.get_by_text("이 목록을 보기로 저장").click()
    await page.get_by_label("이름").fill(name)
    await page.get_by_role("button", name="저장", exact=True).click()
    view = page.locator(".view", has_text=name)
    await expect(view.locator("a")).to_have_attribute("aria-current", "page")
    await view.locator("summary").click()
    await view.get_by_role("button", name="지우기").click()
    await expect(view).to_have_count(0)
    await page.get_by_role("button", name="되돌리기").click()
    await expect(page.locator(".view", has_text=name)).to_be_visible()


async def test_the_palette_jumps_to_a_number_and_the_keys_are_listed(portal: Portal, open_page: Open) -> None:
    code, (number,) = filed(portal, 1)
    page = await queue(open_page, code)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_contain_text("해결하고 다음 카드 열기")
    await shoot(page, "keys")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+k")
    await page.get_by_role("combobox").fill(number.lower())
    await expect(page.locator("[role=option]").first).to_contain_text(number)
    await shoot(page, "palette")
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile(rf"/intake/complaints/{number}$"))
    await page.keyboard.press("g")
    await page.keyboard.press("w")
    await page.wait_for_url(re.compile("/intake/work$"))


async def test_without_scripts_a_row_is_a_link_and_forms_are_forms(portal: Portal, open_page: Open) -> None:
    code, (number,) = filed(portal, 1)
    page = await queue(open_page, code, java_script_enabled=False)
    await row(page, number).locator(".row-link").click()
    await page.locator("[data-form=comment] textarea").fill("스크립트 없이도")
    await page.locator("[data-form=comment] button").click()
    await expect(page.locator(".happened")).to_contain_text("스크립트 없이도")
    assert f"product={code}" in page.url


async def test_on_a_phone_the_list_gives_way_to_the_card_and_back(portal: Portal, open_page: Open) -> None:
    code, (number,) = filed(portal, 1)
    page = await queue(open_page, code, width=390)
    await shoot(page, "queue-phone")
    await row(page, number).locator(".row-link").click()
    await expect(page.locator("#card")).to_be_visible()
    await expect(page.locator("#results")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await shoot(page, "card-phone")
    await page.get_by_role("link", name="목록으로").click()
    await expect(row(page, number)).to_be_visible()
    await page.get_by_role("link", name="필터", exact=True).click()
    await expect(page.locator("#facets")).to_be_visible()


OPEN_ALL = "document.querySelectorAll('details').forEach((details) => (details.open = true))"


async def findings(page: Page) -> list[str]:
    """What axe finds, with everything opened that can be."""
    await page.evaluate(OPEN_ALL)
    return await faults_of(page)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_it(portal: Portal, open_page: Open, language: str, scheme: str) -> None:
    code, (number,) = filed(portal, 1)
    looks = {"language": language, "color_scheme": scheme}
    page = await queue(open_page, f"{code}&card={number}&lang={language}", **looks)
    assert await findings(page) == []
    await page.keyboard.press("Control+k")
    await expect(page.locator("[role=option]").first).to_be_visible()
    assert await findings(page) == []
    await page.keyboard.press("Escape")
    await page.locator("[data-keys]").click()
    assert await findings(page) == []
    for role, path in (
        ("assignee", "/intake/work"),
        ("auditor", "/intake/accesses"),
        ("cs_manager", f"/intake/complaints/{number}"),
    ):
        page = await open_page(f"{path}?lang={language}", role=role, **looks)
        await expect(page.locator("h1").first).to_be_visible()
        assert await findings(page) == [], path
