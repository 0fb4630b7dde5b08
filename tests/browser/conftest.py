"""A running `ccms up` with short times to acknowledge, and a browser that looks at it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build" / "screenshots"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SHORT = 4
"""Seconds that a person has to acknowledge on Step 3."""
expect.set_options(timeout=20_000)


@dataclass(frozen=True)
class Portal:
    """Where it runs, and a key to file with."""

    url: str
    key: str
    accounts: dict[str, Any] = field(default_factory=dict)

    def headers_of(self, role: str) -> dict[str, str]:
        """What a program sends so that somebody in this role is recognised."""
        return {"Authorization": f"Bearer {self.accounts[role]['api_key']}"}

    async def sign_in(self, context: BrowserContext, role: str) -> None:
        """Have the browser be somebody in this role, with one click as on the sign-in page."""
        form = {"person": self.accounts[role]["id"], "next": "/account"}
        answer = await context.request.post(
            f"{self.url}/sign-in/samples", form=form, headers={"Origin": self.url, "Accept": "text/html"}
        )
        assert answer.ok, answer.status

    def file(self, body: str, **other: Any) -> dict[str, Any]:
        """File a complaint over the API."""
        headers = {"Authorization": f"Bearer {self.key}"}
        answer = httpx.post(f"{self.url}/api/intake/v1/complaints", json={"body": body, **other}, headers=headers)
        answer.raise_for_status()
        return dict(answer.json())


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company's own playbook: Step 3 waits a few seconds only."""
    folder = tmp_path_factory.mktemp("rules")
    shipped = (ROOT / "services/alerts/rules/playbook.yaml").read_text(encoding="utf-8")
    assert "acknowledge_within: 300" in shipped
    own = shipped.replace("acknowledge_within: 300", f"acknowledge_within: {SHORT}")
    (folder / "playbook.yaml").write_text(own, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, rules: Path) -> Iterator[Portal]:
    """`ccms up` on a folder of its own, stopped at the end."""
    folder = tmp_path_factory.mktemp("data")
    up = subprocess.Popen(
        [sys.executable, "-m", "deploy.cli", "up", "--data", str(folder), "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "CCMS_RULES": str(rules)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert up.stdout is not None
    said = up.stdout.readline()
    assert said.startswith("ready "), said
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    yield Portal(run["url"], run["accounts"]["employee"]["api_key"], run["accounts"])
    up.terminate()
    assert up.wait(30) == 0


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """The Chromium that is installed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "install Chromium: on Debian `apt-get install chromium`"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        await started.close()


@pytest.fixture
async def open_page(browser: Browser, portal: Portal) -> AsyncIterator[Callable[..., Any]]:
    """Opens a page and holds it to a clean console: no script error, nothing that the CSP blocked."""
    complaints: list[str] = []

    async def open_(
        path: str, *, width: int = 1280, language: str = "ko", role: str | None = None, **more: Any
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": 900},
            locale=language,
            **more,
        )
        if role:
            await portal.sign_in(context, role)
        page = await context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if is_fault(m) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(portal.url + path)
        return page

    yield open_
    assert complaints == []


def is_fault(message: Any) -> bool:
    """An error on the console; a form that was refused (401, 422, 429), or a twin (412), is none."""
    return message.type == "error" and not re.search(
        r"(status of|Status Error Code) (401|422|412|409|429)", message.text
    )


async def shoot(page: Page, name: str) -> None:
    """Keep a screenshot for whoever looks at the run."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    # Hiding carets would write styles into fields, and a live update at that moment would copy them against the CSP.
    await page.screenshot(path=SHOTS / f"{name}.png", full_page=True, caret="initial")
