"""Coming in as each role, being locked out, signing out everywhere; and what an administrator does to the directory."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from shared.identity.principal import ROLES
from tests.browser.conftest import Portal, shoot
from tests.integration.processes import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Any]
EVERYBODY = sorted(ROLES - {"consumer"})
CASES = ["/alerts", "/intake/complaints"]
DIRECTORY = ["/sharing/people", "/sharing/departments", "/sharing/keys"]


async def type_in(page: Page, name: str, password: str) -> None:
    """Fill in the form of the sign-in page, and send it."""
    await page.get_by_label("사번 또는 이름").fill(name)
    await page.get_by_label("비밀번호").fill(password)
    await page.get_by_role("button", name="로그인", exact=True).click()


async def places(page: Page) -> list[str]:
    """Where the navigation leads."""
    links = page.locator("nav.places a")
    return [await links.nth(n).get_attribute("href") or "" for n in range(await links.count())]


@pytest.mark.parametrize("role", EVERYBODY)
async def test_each_role_comes_in_by_password_and_sees_its_own_places(
    portal: Portal, open_page: Open, role: str
) -> None:
    account = portal.accounts[role]
    page = await open_page("/account")
    await expect(page).to_have_url(re.compile(r"/sign-in\?next=/account$"))
    await type_in(page, account["id"], account["password"])
    await expect(page).to_have_url(f"{portal.url}/account")
    await expect(page.locator(".viewer")).to_contain_text(account["name"])
    found = await places(page)
    sees_cases, administers = role != "admin", role in ("admin", "auditor")
    assert all((place in found) is sees_cases for place in CASES), found
    assert all((place in found) is administers for place in DIRECTORY), found
    for place in found:
        answer = await page.request.get(portal.url + place, headers={"Accept": "text/html"})
        assert answer.status == 200, place
    for place in {*CASES, *DIRECTORY} - set(found):
        answer = await page.request.get(portal.url + place, headers={"Accept": "text/html"})
        assert answer.status == 403, place


async def test_an_invented_person_comes_in_with_one_click_and_leaves_again(portal: Portal, open_page: Open) -> None:
    page = await open_page("/alerts")
    await page.get_by_role("button", name=re.compile("안전 책임자")).click()
    await expect(page).to_have_url(f"{portal.url}/alerts")
    await page.get_by_role("button", name="로그아웃", exact=True).click()
    await expect(page).to_have_url(f"{portal.url}/sign-in")
    await page.goto(f"{portal.url}/alerts")
    await expect(page).to_have_url(re.compile("/sign-in"))


async def test_after_five_failures_the_name_is_locked_and_the_page_says_for_how_long(
    portal: Portal, open_page: Open
) -> None:
    page = await open_page("/sign-in")
    for _ in range(5):
        await type_in(page, "committee-of-nobody", "wrong")
        await expect(page.get_by_role("alert")).to_contain_text("맞지 않습니다")
        await expect(page.get_by_label("사번 또는 이름")).to_have_value("committee-of-nobody")
        await expect(page.get_by_label("비밀번호")).to_have_value("")
    await type_in(page, "committee-of-nobody", "wrong")
    await expect(page.get_by_role("alert")).to_contain_text("15분")
    await shoot(page, "sign-in-locked")


async def test_signing_out_everywhere_ends_the_session_in_another_browser(
    portal: Portal, open_page: Open, browser: Browser
) -> None:
    here = await open_page("/account", role="hr")
    elsewhere = await open_page("/account", role="hr")
    await expect(elsewhere.get_by_text("지금 이 브라우저")).to_have_count(1)
    await here.get_by_role("button", name="이곳을 포함해 모두 로그아웃").click()
    await expect(here).to_have_url(re.compile("/sign-in"))

    async def is_out() -> bool:
        pages = [f"{portal.url}{path}" for path in ("/account", "/alerts", "/intake/complaints")]
        asked = [elsewhere.request.get(page, headers={"Accept": "text/html"}, max_redirects=0) for page in pages]
        return all(answer.status != 200 for answer in await asyncio.gather(*asked))

    await until(is_out, "the other browser is signed out of every service")
    await elsewhere.goto(f"{portal.url}/intake/complaints")
    await expect(elsewhere).to_have_url(re.compile(r"/sign-in\?next=/intake/complaints"))


async def test_an_administrator_gives_a_password_that_has_to_be_replaced(portal: Portal, open_page: Open) -> None:
    admin = await open_page("/sharing/people?q=채아림", role="admin")
    await admin.get_by_role("link", name="채아림").click()
    await admin.get_by_role("button", name=re.compile("계정 개설하기|새 비밀번호 발급하기")).click()
    given = await admin.locator(".copyable code").inner_text()
    await shoot(admin, "password-once")
    person = await open_page("/sign-in?next=/alerts")
    await type_in(person, "채아림", given)
    await expect(person.get_by_role("heading", name="내 비밀번호 정하기")).to_be_visible()
    await person.get_by_label("새 비밀번호").fill("1234567890")
    await person.get_by_role("button", name="저장하고 계속").click()
    await expect(person.get_by_role("alert")).to_contain_text("쉽게 짐작할 수 있는")
    await person.get_by_label("새 비밀번호").fill("우산 자전거 새벽 감자")
    await person.get_by_role("button", name="저장하고 계속").click()
    await expect(person).to_have_url(f"{portal.url}/alerts")
    await expect(person.locator(".viewer")).to_contain_text("채아림")


async def test_a_file_is_checked_then_applied_and_its_bad_rows_are_named(open_page: Open) -> None:
    page = await open_page("/sharing/imports", role="admin")
    rows = "사번,성명,부서,역할\nx-1,🌸 한봄,영업본부,committee\nx-2,   ,영업본부,직원\nx-3,بنت الهدى,없는 부서,직원\n"
    await page.get_by_label("파일").set_input_files(
        {"name": "인사명부.csv", "mimeType": "text/csv", "buffer": rows.encode("cp949", "ignore")}
    )
    await page.get_by_role("button", name="점검하기").click()
    await expect(page.locator("table").first).to_contain_text("x-2")
    await expect(page.locator("table").first).to_contain_text("빈 칸입니다")
    await expect(page.locator("table").first).to_contain_text("운영 중인 부서 가운데 ‘없는 부서’")
    await shoot(page, "import-report")
    await page.get_by_role("button", name="적용하기").click()
    await expect(page.get_by_text("적용함")).to_be_visible(timeout=15_000)
    await page.goto(page.url.split("/sharing")[0] + "/sharing/people?q=한봄")
    await expect(page.get_by_role("link", name="한봄")).to_be_visible()


async def test_a_refused_form_keeps_what_was_typed_and_says_where(open_page: Open) -> None:
    page = await open_page("/sharing/people/new", role="admin")
    await page.get_by_label("사번", exact=True).fill("p-001")
    await page.get_by_label("이름").fill("다시 한번")
    await page.get_by_label("부서", exact=True).select_option(label="영업본부")
    await page.get_by_label("대결자", exact=True).fill("없는 사람")
    await page.get_by_role("button", name="추가하기").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.get_by_label("이름")).to_have_value("다시 한번")
    assert await page.locator("[aria-invalid=true]").count() == 1
    await shoot(page, "person-refused")
