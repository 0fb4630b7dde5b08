"""A safety notice goes its way in the browser: written, approved by another person, published, read, withdrawn."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Portal, shoot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Any]


async def write_draft(officer: Page, title: str) -> None:
    """A notice for consumers too; a season with one end only is refused, and what was typed stays."""
    await officer.get_by_role("link", name="안전경보 작성").click()
    await officer.get_by_label("제목").fill(title)
    await officer.get_by_label("위험").fill("60도를 넘으면 병이 터질 수 있습니다")
    await officer.get_by_label("취급 요령").fill("55도 이하로 14일까지만 데웁니다")
    await officer.get_by_label("지키지 않으면").fill("온장 판매를 멈춥니다")
    await officer.get_by_label("시작 달").select_option("11월")
    await officer.get_by_label("소비자에게도 공개").check()
    await officer.get_by_label("필독").check()
    await officer.get_by_role("button", name="초안 저장").click()
    await expect(officer.get_by_role("alert")).to_contain_text("시작 달과 끝 달")
    await expect(officer.get_by_label("제목")).to_have_value(title)
    await officer.get_by_label("시작 달").select_option("일 년 내내")
    await officer.get_by_role("button", name="초안 저장").click()
    await expect(officer.get_by_text("다른 사람이 승인해야")).to_be_visible()


async def test_a_notice_is_written_approved_published_read_and_withdrawn(portal: Portal, open_page: Open) -> None:
    title = f"온장고 음료는 14일까지 {uuid4().hex[:6]}"
    officer = await open_page("/alerts/notices", role="safety_officer")
    await write_draft(officer, title)
    path = officer.url.removeprefix(portal.url)

    chief = await open_page(path, role="cco")
    await chief.get_by_role("button", name="승인").click()
    await expect(chief.get_by_text("국지율 승인")).to_be_visible()
    await officer.reload()
    await officer.get_by_role("button", name="발행").click()
    await expect(officer.locator(".tag")).to_contain_text("시행 중")

    reader = await open_page("/alerts", width=390, role="employee")
    await expect(reader.get_by_label("반드시 읽어야 하는 안전경보")).to_contain_text(title)
    await reader.get_by_role("link", name=title).click()
    await shoot(reader, "notice-phone")
    await reader.get_by_role("button", name="읽었으며 지키겠습니다").click()
    await expect(reader.get_by_text("읽음으로 확인한 안전경보입니다.")).to_be_visible()
    await expect(reader.locator(".shares li", has_text="생산본부")).to_contain_text("1/")
    await reader.goto(portal.url + "/alerts/notices?state=unread")
    await expect(reader.get_by_role("link", name=title)).to_have_count(0)

    await officer.goto(portal.url + path)
    await shoot(officer, "notice-readers")
    anyone = await open_page("/alerts/notices/public?lang=en", language="en")
    await expect(anyone.get_by_role("heading", name=title)).to_be_visible()
    await officer.get_by_text("안전경보 철회").first.click()
    await officer.get_by_label("철회 이유").fill("새 용기로 바꾸었습니다")
    await officer.get_by_role("button", name="안전경보 철회").click()
    await expect(officer.locator(".tag")).to_contain_text("철회됨")
    await anyone.reload()
    await expect(anyone.get_by_role("heading", name=title)).to_have_count(0)


async def told(portal: Portal, code: str) -> str:
    """Wait until the CCO was told of the issue of a product; its number."""
    headers, root = portal.headers_of("cco"), f"{portal.url}/api/alerts/v1"
    async with httpx.AsyncClient(headers=headers) as client:
        while True:
            issues = (await client.get(f"{root}/issues", params={"product": code})).json()["items"]
            messages = (await client.get(f"{root}/messages")).json()["items"]
            if issues and any(message["issue_id"] == issues[0]["id"] for message in messages):
                return str(issues[0]["number"])
            await asyncio.sleep(0.1)


async def test_messages_are_read_where_they_lead(portal: Portal, open_page: Open) -> None:
    code = uuid4().hex[:6].upper()
    portal.file("전기장판에서 불이 나 손에 화상을 입었어요", product={"code": code, "name": f"전기장판 {code}"})
    number = await told(portal, code)
    page = await open_page("/alerts/messages", role="cco")
    first = page.locator(".told .unread", has_text=number).first
    await expect(first).to_contain_text("대표이사에게 보고한다")
    await first.get_by_role("button").click()
    await expect(page.get_by_role("heading", name="할 일")).to_be_visible()
    await page.goto(portal.url + "/alerts/messages")
    before = await page.locator(".told .unread").count()
    if before:
        await page.get_by_role("button", name="읽음으로 표시").click()
    await expect(page.locator(".told .unread")).to_have_count(0)
