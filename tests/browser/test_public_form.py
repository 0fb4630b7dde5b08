"""A visitor files and follows a complaint in a real browser: with keys alone, without a script, on a telephone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Portal, shoot
from tests.browser.looking import faults_at_any_width
from tests.unit.uploads.sample_files import jpeg, pdf

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Any]
BURN = "전기장판을 켜 두었더니 불이 나 손에 화상을 입었어요"
NEXT = ".button.main"


async def go_on(page: Page, step: str) -> None:
    """Continue; the next question is there."""
    await page.locator(NEXT).click()
    await expect(page).to_have_url(re.compile(rf"/complaints/(new/)?{step}(\?.*)?$"))


async def choose_file(page: Page, field: str, name: str, kind: str, content: bytes) -> None:
    """As if it were chosen from a folder."""
    await page.locator(field).set_input_files({"name": name, "mimeType": kind, "buffer": content})


async def answer_to_the_review(page: Page, *, shots: str = "") -> None:
    """Everything up to the review, as somebody would who was hurt."""
    await page.get_by_label("제품이나 서비스에 대한 불만").check()
    await go_on(page, "what")
    await page.locator("#f-body").fill(BURN)
    await go_on(page, "harm|product")
    if page.url.endswith("harm"):
        await page.locator("[name=hurt][value=yes]").check()
        await page.locator("#f-harm-persons-0-injury").fill("손 화상")
        await go_on(page, "product")
    await page.locator("#f-product-name").fill("전기장판")
    await go_on(page, "when")
    await go_on(page, "remedy")
    await go_on(page, "files")
    await choose_file(page, "#f-file", "사진.jpg", "image/jpeg", jpeg() + bytes(300_000))
    if await page.locator(".upload button").is_visible():
        await page.locator(".upload button").click()
    await expect(page.locator("#uploaded")).to_contain_text("사진.jpg")
    if shots:
        await shoot(page, f"{shots}-files")
    await go_on(page, "whom")
    await page.locator("[name=for_whom][value=self]").check()
    await go_on(page, "contact")
    await page.get_by_label("전화번호").fill("010-1234-5678")
    await go_on(page, "consent")
    await page.locator("#f-consent-processing").check()
    await page.locator("#f-of_age").check()
    if shots:
        await shoot(page, f"{shots}-consent")
    await go_on(page, "review")


async def receipt_of(page: Page) -> tuple[str, str]:
    number, secret = (await page.locator("code").all_inner_texts())[:2]
    return number, secret


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
async def test_a_visitor_files_and_follows(portal: Portal, open_page: Open, script: bool) -> None:
    page = await open_page("/complaints/new", java_script_enabled=script)
    await answer_to_the_review(page, shots="public" if script else "")
    await expect(page.locator(".review")).to_contain_text("손 화상")
    await go_on(page, "done")
    number, secret = await receipt_of(page)
    assert re.fullmatch(r"C-\d{4}-\d{6}", number)
    await page.reload()
    assert await receipt_of(page) == (number, secret)
    await go_on(page, "follow")
    await page.locator("#f-number").fill(number)
    await page.locator("#f-secret").fill(secret.lower())
    await page.locator(NEXT).click()
    await expect(page.locator(".follow")).to_contain_text("담당 부서에서 확인하고 있습니다")
    assert secret not in page.url
    await page.locator("#w-add").fill("영수증을 찾았어요")
    await choose_file(page, "#w-file", "영수증.pdf", "application/pdf", pdf())
    await page.get_by_role("button", name="보내기").click()
    await expect(page.locator(".timeline")).to_contain_text("영수증을 찾았어요")
    await shoot(page, f"follow-{'script' if script else 'plain'}")


async def test_harm_is_asked_while_typing(portal: Portal, open_page: Open) -> None:
    page = await open_page("/complaints/new")
    await page.get_by_label("제품이나 서비스에 대한 불만").check()
    await go_on(page, "what")
    await page.locator("#f-body").fill("두유가 맛이 없어요")
    await expect(page.locator(".found")).to_have_count(0)
    await page.locator("#f-body").fill(BURN)
    await expect(page.locator(".found")).to_contain_text("화상")
    await expect(page.locator("#f-body")).to_be_focused()
    await page.locator("[name=hurt][value=yes]").check()
    await page.locator("#f-harm-persons-0-injury").fill("왼손")
    await page.locator("#f-body").press_sequentially(" 또 있어요")
    await expect(page.locator("#f-harm-persons-0-injury")).to_have_value("왼손")
    await page.locator("#f-body").press_sequentially(" 끝")
    await shoot(page, "public-hazard-while-typing")
    await go_on(page, "product")


async def test_everything_can_be_done_with_keys_alone(portal: Portal, open_page: Open) -> None:
    page = await open_page("/complaints/new")
    await page.locator("[name=kind]").first.focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("what$"))
    await page.keyboard.press("Tab")
    await page.locator("#f-body").focus()
    await page.keyboard.type("taste is different")
    await page.keyboard.press("Tab")
    await expect(page.locator(NEXT)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("product$"))


async def test_an_error_has_the_focus_and_leads_to_its_field(portal: Portal, open_page: Open) -> None:
    page = await open_page("/complaints/new")
    await page.locator(NEXT).click()
    summary = page.locator(".errors")
    await expect(summary).to_be_focused()
    await summary.get_by_role("link").click()
    await expect(page.locator("#f-kind")).to_be_focused()


async def test_back_and_forth_in_the_browser_loses_nothing(portal: Portal, open_page: Open) -> None:
    page = await open_page("/complaints/new")
    await answer_to_the_review(page)
    for _ in range(4):
        await page.go_back()
    await page.go_forward()
    await page.goto(f"{portal.url}/complaints/new/what")
    await expect(page.locator("#f-body")).to_have_value(BURN)
    await page.goto(f"{portal.url}/complaints/new/review")
    await expect(page.locator(".review")).to_contain_text("010-1234-5678")


async def test_a_second_tab_with_the_old_form_files_nothing_more(portal: Portal, open_page: Open) -> None:
    page = await open_page("/complaints/new")
    await answer_to_the_review(page)
    old = await page.context.new_page()
    await old.goto(f"{portal.url}/complaints/new/review")
    await page.locator(NEXT).dblclick()
    await expect(page).to_have_url(re.compile("done$"))
    first = await receipt_of(page)
    await old.locator(NEXT).click()
    await expect(old).to_have_url(re.compile("done$"))
    assert await receipt_of(old) == first


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [390, 1280])
async def test_every_question_stays_within_the_window_and_is_accessible(
    portal: Portal, open_page: Open, language: str, width: int
) -> None:
    page = await open_page(f"/complaints/new?lang={language}", width=width, language=language)
    for step in ("kind", "what", "harm", "product", "when", "remedy", "files", "whom", "contact", "consent", "review"):
        if step != "kind":
            await page.goto(f"{portal.url}/complaints/new/{step}")
        assert await faults_at_any_width(page) == [], step
        await shoot(page, f"public-{step}-{width}-{language}")
        if step == "kind":
            await page.locator("[name=kind]").first.check()
            await go_on(page, "what")
