"""Alerts alone on real servers, and people of the sample company in front of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from services.alerts.service import FOLDER
from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment, until
from tests.integration.topics import a_created, tell

OFFICER, OTHER_OFFICER, CS_MANAGER, CCO = "p-027", "p-026", "p-001", "p-036"
SALES_HEAD, MARKETING_HEAD, WORKER, ADMIN, AUDITOR = "p-010", "p-007", "p-044", "p-042", "p-043"
ROOT = "/api/alerts/v1"


@dataclass
class Alerts:
    """The running service."""

    deployed: Deployment
    served: Served

    def browser(self, person: str) -> httpx.AsyncClient:
        """Somebody who is signed in."""
        return self.deployed.browser(person, self.served.url)

    async def ask(self, person: str, path: str, status: int = 200) -> Any:
        """Somebody reads a resource of the API."""
        async with self.browser(person) as browser:
            answer = await browser.get(f"{ROOT}/{path}")
        assert answer.status_code == status, answer.text
        return answer.json()

    async def do(self, person: str, path: str, status: int = 201, /, **said: Any) -> Any:
        """Somebody changes something through the API."""
        async with self.browser(person) as browser:
            answer = await browser.post(f"{ROOT}/{path}", json=said)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def see(self, person: str, path: str) -> httpx.Response:
        """Somebody looks at a page."""
        async with self.browser(person) as browser:
            return await browser.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})

    async def see_in_korean(self, person: str, path: str) -> httpx.Response:
        """The same in Korean."""
        async with self.browser(person) as browser:
            return await browser.get(path, headers={"Accept": "text/html", "Accept-Language": "ko"})

    async def send(self, person: str, path: str, **fields: Any) -> httpx.Response:
        """Somebody sends a form."""
        async with self.browser(person) as browser:
            return await browser.post(path, data=fields, headers={"Accept": "text/html", "Accept-Language": "en"})

    async def a_burn(self, **other: Any) -> dict[str, Any]:
        """An issue on step 3 about a product of its own."""
        created = a_created(**other)
        await tell(self.deployed.settings, [created])

        async def opened() -> list[dict[str, Any]]:
            page = await self.ask(OFFICER, f"issues?product={created.product_code}&least_step=1")
            return list(page["items"])

        (issue,) = await until(opened, "the issue is there")
        return dict(issue)


@pytest.fixture
async def alerts(servers: Servers, tmp_path: Path) -> AsyncIterator[Alerts]:
    """With the shipped rules."""
    async with deployment(servers, tmp_path) as deployed:
        yield Alerts(deployed, await deployed.ready(deployed.start("alerts")))


@pytest.fixture
async def hasty(servers: Servers, tmp_path: Path) -> AsyncIterator[Alerts]:
    """With rules that give every action and every order one second."""
    playbook, containment = (yaml.safe_load((FOLDER / "rules" / name).read_text()) for name in RULES)
    for action in (action for step in playbook["steps"] for action in step["actions"]):
        action["within"] = 1.0
    for kind in containment["kinds"]:
        kind["within"] = 1.0
    async with under_rules(servers, tmp_path, playbook, containment) as alerts:
        yield alerts


@pytest.fixture
async def forgetful(servers: Servers, tmp_path: Path) -> AsyncIterator[Alerts]:
    """With rules by which a closed issue does not come back after it was closed."""
    playbook, containment = (yaml.safe_load((FOLDER / "rules" / name).read_text()) for name in RULES)
    playbook["recurrence"]["within_days"] = 0
    async with under_rules(servers, tmp_path, playbook, containment) as alerts:
        yield alerts


RULES = ("playbook.yaml", "containment.yaml")


@asynccontextmanager
async def under_rules(servers: Servers, tmp_path: Path, *contents: Any) -> AsyncIterator[Alerts]:
    """With a company's own rules."""
    folder = tmp_path / "rules"
    folder.mkdir()
    for name, content in zip(RULES, contents, strict=True):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True))
    async with deployment(servers, tmp_path, rules=folder) as deployed:
        yield Alerts(deployed, await deployed.ready(deployed.start("alerts")))
