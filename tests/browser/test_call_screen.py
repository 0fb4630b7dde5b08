"""The call screen in a real browser: by keys alone, saved through crashes of the browser and of the server."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Portal, shoot
from tests.browser.looking import faults_at_any_width

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Any]
BURN = "전기장판에서 불이 나 손에 화상을 입었다고 하심"
CALLS = "/intake/calls"


async def begin(page: Page) -> None:
    """A new call, ready to be typed into."""
    await expect(page.locator("#f-body")).to_be_focused()


async def saved(page: Page) -> None:
    await expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


async def test_a_call_is_written_down_and_filed_with_keys_alone(portal: Portal, open_page: Open) -> None:
    page = await open_page(f"{CALLS}/new", role="agent")
    await begin(page)
    await page.keyboard.type(BURN)
    await expect(page.locator("#ahead")).to_contain_text("화상")
    await page.keyboard.press("Alt+p")
    await page.keyboard.type("전기장판")
    await page.keyboard.press("Alt+h")
    await page.keyboard.press("Space")
    await expect(page.locator("[name=hurt][value=yes]")).to_be_checked()
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.type("손 화상")
    await page.keyboard.press("Alt+r")
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Alt+c")
    await page.keyboard.type("홍길동")
    await saved(page)
    await shoot(page, "call-screen")
    await page.keyboard.press("Control+Enter")
    await expect(page).to_have_url(re.compile("/intake/complaints/[0-9a-f-]{36}"))
    await expect(page.get_by_text("전기장판").first).to_be_visible()


async def test_the_keys_can_be_asked_for(portal: Portal, open_page: Open) -> None:
    page = await open_page(f"{CALLS}/new", role="agent")
    await begin(page)
    await page.keyboard.type("왜 그런가요?")
    await expect(page.locator("#f-body")).to_have_value("왜 그런가요?")
    await page.keyboard.press("F1")
    await expect(page.locator("#call-keys")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.locator("h1").click()
    await page.keyboard.press("?")
    await expect(page.locator("#call-keys")).to_be_visible()


async def test_look_alikes_show_while_typing(portal: Portal, open_page: Open) -> None:
    filed = portal.file("밥솥에서 타는 냄새가 나고 전원이 꺼져요", product={"code": "RC-77", "name": "밥솥"})
    page = await open_page(f"{CALLS}/new", role="agent")
    await begin(page)
    await page.keyboard.type("밥솥에서 타는 냄새가 나고 전원이 자꾸 꺼진다고 하심")
    await expect(page.locator("#alike")).to_contain_text(filed["number"], timeout=15_000)
    await page.keyboard.press("Alt+l")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name=filed["number"])).to_be_focused()


async def test_two_windows_of_one_call_know_of_each_other_and_overwrite_nothing(
    portal: Portal, open_page: Open
) -> None:
    page = await open_page(f"{CALLS}/new", role="agent")
    await begin(page)
    await page.keyboard.type("첫 창")
    await saved(page)
    twin = await page.context.new_page()
    await twin.goto(page.url)
    await expect(page.locator("#twin")).to_be_visible()
    await expect(twin.locator("#twin")).to_be_visible()
    await page.locator("#f-body").fill("첫 창에서 바꿈")
    await saved(page)
    await expect(page.locator("[name=revision]")).to_have_value("2")
    await twin.locator("#f-body").fill("둘째 창에서 바꿈")
    await expect(twin.locator("#stale")).to_be_visible()
    await shoot(twin, "call-screen-stale")
    await twin.get_by_role("button", name="내 내용을 별도 상담으로 보관").click()
    await expect(twin.locator("#f-body")).to_have_value("둘째 창에서 바꿈")
    await page.reload()
    await expect(page.locator("#f-body")).to_have_value("첫 창에서 바꿈")


async def test_a_broken_down_call_waits_for_the_supervisor(portal: Portal, open_page: Open) -> None:
    page = await open_page(f"{CALLS}/new", role="agent")
    await begin(page)
    await page.keyboard.type("고객이 더는 통화를 원하지 않으심 7788")
    await page.keyboard.press("Alt+b")
    await expect(page).to_have_url(re.compile("/intake/calls$"))
    boss = await open_page(CALLS, role="cs_manager")
    row = boss.locator(".card", has_text="7788")
    await expect(row).to_contain_text("상담 중단")
    await shoot(boss, "calls-broken-down")
    await row.get_by_role("button", name="인계받기").click()
    await expect(boss.locator("#f-body")).to_have_value("고객이 더는 통화를 원하지 않으심 7788")


@dataclass
class OwnPortal:
    """A `ccms up` of a test's own on one port, so that a page finds it again after it was killed."""

    folder: Path
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[str] | None = None

    def start(self) -> Portal:
        up = [sys.executable, "-m", "deploy.cli", "up", "--data", str(self.folder), "--port", str(self.port)]
        self.process = subprocess.Popen(up, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("ready ")
        run = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))
        return Portal(run["url"], run["accounts"]["employee"]["api_key"], run["accounts"])

    def end(self, how: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(30)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def own_portal(tmp_path: Path) -> Iterator[OwnPortal]:
    made = OwnPortal(tmp_path / "data")
    yield made
    if made.process is not None and made.process.poll() is None:
        made.end(signal.SIGTERM)


async def test_what_was_typed_survives_a_crash_of_server_and_browser(own_portal: OwnPortal, browser: Browser) -> None:
    portal = own_portal.start()
    context = await browser.new_context(extra_http_headers=portal.headers_of("agent"), locale="ko")
    page = await context.new_page()
    await page.goto(f"{portal.url}{CALLS}/new")
    await begin(page)
    await page.keyboard.type("서버가 죽기 전")
    await saved(page)
    own_portal.end(signal.SIGKILL)
    await page.keyboard.type(", 죽은 동안")
    await expect(page.locator("#saved")).to_have_attribute("data-state", "waiting")
    own_portal.start()
    await expect(page.locator("#saved")).to_have_attribute("data-state", "saved", timeout=30_000)
    await page.keyboard.type(", 다시 산 뒤")
    typed_at = time.monotonic()
    await expect(page.locator("[name=revision]")).to_have_value("3")
    assert time.monotonic() - typed_at < 3
    await context.close()  # the browser is gone without a word
    again = await browser.new_context(extra_http_headers=portal.headers_of("agent"), locale="ko")
    found = await again.new_page()
    await found.goto(f"{portal.url}{CALLS}")
    await found.locator(".card a").first.click()
    await expect(found.locator("#f-body")).to_have_value("서버가 죽기 전, 죽은 동안, 다시 산 뒤")


@pytest.mark.parametrize("path", [f"{CALLS}/new", "/intake/complaints/new"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [390, 1280])
async def test_what_is_said_while_typing_stays_within_the_window_and_is_accessible(
    portal: Portal, open_page: Open, path: str, language: str, width: int
) -> None:
    page = await open_page(f"{path}?lang={language}", width=width, language=language, role="agent")
    await page.locator("#f-body").fill(BURN)
    await page.locator("[name=hurt][value=yes]").check()
    await expect(page.locator(".preview")).to_be_visible()
    assert await faults_at_any_width(page) == []
    await shoot(page, f"desk{path.replace('/', '-')}-{width}-{language}")
