"""Products: chosen by searching while a complaint is written, kept in the register, taken from a file."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Portal, shoot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Any]
FORM = "/intake/complaints/new"
SOON = 5_000


def register(portal: Portal, name: str = "에어프라이어") -> tuple[str, str]:
    """A product of its own in the register; its code and name."""
    mark = uuid4().hex[:5].upper()
    code, named = f"AF-{mark}", f"{name} {mark}"
    answer = httpx.put(
        f"{portal.url}/api/intake/v1/products/{code}",
        json={"name": named, "line": "appliance"},
        headers=portal.headers_of("cs_manager"),
    )
    answer.raise_for_status()
    return code, named


async def type_until_offered(page: Page, words: str, name: str) -> None:
    """Type into the product's field until the product is offered: the index follows within two seconds."""
    field, option = page.locator("#f-product-name"), page.get_by_role("option", name=name)

    async def offered() -> bool:
        await field.fill("")
        await field.press_sequentially(words)
        try:
            await expect(option).to_be_visible(timeout=1_000)
        except AssertionError:
            return False
        return True

    for _ in range(5):
        if await offered():
            return
    raise AssertionError(f"{name} is not offered for {words}")


async def test_a_product_is_chosen_with_the_keyboard_alone(portal: Portal, open_page: Open) -> None:
    code, name = register(portal)
    page = await open_page(FORM, role="agent")
    field = page.locator("#f-product-name")
    await expect(field).to_have_attribute("role", "combobox")
    await type_until_offered(page, code[3:], name)
    await expect(field).to_have_attribute("aria-expanded", "true")
    await shoot(page, "picker-open")
    await field.press("ArrowDown")
    active = await field.get_attribute("aria-activedescendant")
    await expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    await field.press("Enter")
    await expect(field).to_have_value(name)
    await expect(page.locator("#f-product-code")).to_have_value(code)
    await expect(field).to_have_attribute("aria-expanded", "false")
    assert FORM in page.url


async def test_what_is_typed_over_a_choice_takes_its_code_along(portal: Portal, open_page: Open) -> None:
    code, name = register(portal)
    page = await open_page(FORM, role="agent")
    await type_until_offered(page, code[3:], name)
    await page.get_by_role("option", name=name).click()
    await expect(page.locator("#f-product-code")).to_have_value(code)
    await page.locator("#f-product-name").press_sequentially(" 다른 것")
    await expect(page.locator("#f-product-code")).to_have_value("")


async def test_escape_closes_the_list_and_keeps_what_was_typed(portal: Portal, open_page: Open) -> None:
    code, name = register(portal)
    page = await open_page(FORM, role="agent")
    await type_until_offered(page, code[3:], name)
    await page.locator("#f-product-name").press("Escape")
    await expect(page.locator(".picker-list")).to_be_hidden()
    await expect(page.locator("#f-product-name")).to_have_value(code[3:])


async def test_a_product_that_is_not_registered_is_kept_as_it_is_said(open_page: Open) -> None:
    page = await open_page(FORM, role="agent")
    await page.locator("#f-product-name").press_sequentially("zzqqx")
    await expect(page.get_by_text("등록된 제품 중에 없습니다")).to_be_visible()
    await expect(page.locator("#f-product-name")).to_have_value("zzqqx")


async def test_without_scripts_it_is_a_plain_field(portal: Portal, open_page: Open) -> None:
    page = await open_page(FORM, role="agent", java_script_enabled=False)
    field = page.locator("#f-product-name")
    assert await field.get_attribute("role") is None
    await field.fill("전기장판")
    await expect(page.get_by_role("listbox", include_hidden=True)).to_have_count(1)
    await expect(page.get_by_role("listbox")).to_have_count(0)


async def test_a_product_is_registered_found_and_changed(portal: Portal, open_page: Open) -> None:
    mark = uuid4().hex[:6].upper()
    page = await open_page("/intake/products/-new", role="cs_manager")
    await page.get_by_label("제품 코드").fill(f"나쁜 코드 {mark}")
    await page.get_by_label("제품명").fill(f"전기장판 {mark}")
    await page.get_by_role("button", name="저장").click()
    await expect(page.get_by_role("alert")).to_contain_text("코드는 글자와 숫자로")
    await expect(page.get_by_label("제품명")).to_have_value(f"전기장판 {mark}")
    await page.get_by_label("제품 코드").fill(f"EB-{mark}")
    await page.get_by_role("button", name="저장").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"전기장판 {mark}")
    await shoot(page, "product")
    await page.get_by_role("link", name="새 로트").click()
    await page.get_by_label("로트").fill("26K03")
    await page.get_by_label("생산 수량").fill("4800")
    await page.get_by_role("button", name="저장").click()
    await expect(page.get_by_role("cell", name="4,800")).to_be_visible()


async def test_a_file_is_tried_taken_and_its_bad_rows_are_shown(portal: Portal, open_page: Open) -> None:
    mark = uuid4().hex[:6].upper()
    rows = f"제품코드,제품명,제품군\nFF-{mark},두유 {mark},식품\nFG-{mark},,\n"
    page = await open_page("/intake/product-imports", role="dept_manager")
    for button, added in (("바꾸지 않고 시험하기", "1"), ("받기", "1")):
        await page.set_input_files(
            "#f-file", {"name": "제품.csv", "mimeType": "text/csv", "buffer": rows.encode("cp949")}
        )
        await page.get_by_role("button", name=button, exact=True).click()
        await expect(page.locator(".tally")).to_contain_text(f"신규{added}", timeout=SOON, use_inner_text=False)
        await expect(page.get_by_text("새 제품이므로 이름이 필요합니다")).to_be_visible()
        await shoot(page, "product-import")
        await page.get_by_role("link", name="다른 파일").click()
    await page.set_input_files("#f-file", {"name": "x.csv", "mimeType": "text/csv", "buffer": b"\x89PNG"})
    await page.get_by_role("button", name="받기", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("CSV 파일도 엑셀 통합 문서")


async def test_who_does_not_keep_the_register_reads_it_only(portal: Portal, open_page: Open) -> None:
    code, name = register(portal)
    page = await open_page(f"/intake/products/{code}", role="employee")
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)
    await expect(page.get_by_role("link", name="수정")).to_have_count(0)
