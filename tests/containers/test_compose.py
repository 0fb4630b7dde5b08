"""docker-compose.yml as a company runs it: started, upgraded, stopped, scaled."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from tests.containers.filing import ask, file_fire
from tests.containers.project import NEW, OLDER, Project, make_images, project
from tests.integration.processes import until

SCOPES = ("complaints:write", "complaints:read", "issues:read")
SHELVES = "db.getSiblingDB('ccms_alerts').issues"
MEMBERS = """
import asyncio
from aiokafka.admin import AIOKafkaAdminClient
from shared.messaging.kafka import access
from shared.runtime.settings import load_settings
async def main():
    admin = AIOKafkaAdminClient(**access(load_settings().brokers))
    await admin.start()
    (answer,) = await admin.describe_consumer_groups(["intake.issue.opened"])
    print(len(answer.groups[0][5]))
    await admin.close()
asyncio.run(main())
"""


@dataclass(frozen=True)
class Company:
    """A project that was started with the version before, filled, and upgraded. `key` may file and read.

    `steps` is what its processes then said of steps: their logs go with them when a test takes the project down.
    """

    project: Project
    key: str
    filed: dict[str, Any]
    issue: str
    steps: list[str]

    async def get(self, service: str, path: str) -> dict[str, Any]:
        """GET a resource."""
        return await ask(self.project, self.key, "GET", service, path)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """Started with the version before; with issues as that one wrote them; then this version."""
    make_images()
    with project(tmp_path_factory.mktemp("compose") / "secrets") as new:
        old = replace(new, version=OLDER)
        old.up()
        scopes = [word for scope in SCOPES for word in ("--may", scope)]
        key = old.ccms("keys", "create", "shop", "--holder", "shop", *scopes)
        filed, issue = asyncio.run(file_fire(old, key))
        assert new.mongo(f"{SHELVES}.updateMany({{}}, {{$unset: {{shelves: 1}}}}).modifiedCount") == 1
        new.up()
        said = new.compose("logs", "--no-log-prefix").splitlines()
        yield Company(new, key, filed, issue, [line for line in said if "schema.step" in line])


async def test_an_upgrade_runs_its_steps_once_though_all_processes_start_together(company: Company) -> None:
    assert len(company.steps) == 1, company.steps
    assert company.project.mongo("db.getSiblingDB('ccms_alerts').schema.findOne({_id: 'schema'}).number") == 3
    assert company.project.mongo(f"{SHELVES}.findOne().shelves.length") > 0
    before = company.project.mongo("db.getSiblingDB('ccms_alerts_before_3').issues.findOne()")
    assert (before["_id"], before.get("shelves")) == (company.issue, None)
    images = {each["Config"]["Image"] for each in company.project.containers("alerts-jobs")}
    assert images == {f"ccms:{NEW}"}


async def test_everything_is_there_after_down_and_up(company: Company) -> None:
    company.project.compose("down")
    company.project.up()
    kept = await company.get("intake", f"complaints/{company.filed['id']}")
    assert kept["number"] == company.filed["number"]
    assert (await company.get("alerts", f"issues/{company.issue}"))["step"] == 3
    again, _issue = await file_fire(company.project, company.key)
    assert again["number"] > kept["number"]


async def test_consumers_scale_to_three_that_share_the_work(company: Company) -> None:
    company.project.up("--no-recreate", "--scale", "intake-consumers=3")
    running = company.project.containers("intake-consumers")
    assert [each["State"]["Health"]["Status"] for each in running] == ["healthy"] * 3

    async def members() -> bool:
        said = company.project.compose("run", "--rm", "-T", "--entrypoint", "python", "ccms", "-c", MEMBERS)
        return said.split()[-1] == "3"

    await until(members, "three are in the group", 120)
    company.project.up("--no-recreate", "--scale", "intake-consumers=1")


async def test_the_first_administrator_signs_in_and_takes_a_password_of_their_own(company: Company) -> None:
    printed, url = company.project.ccms("admin", "kim", "--name", "김하늘"), company.project.url("sharing")
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}, verify=False, timeout=30) as browser:

        async def ticket() -> str:
            answer = await browser.post("/sign-in", data={"name": "kim", "password": printed})
            found = re.search(r'name="ticket" value="([^"]+)"', answer.text)
            return found[1] if found else ""

        said = {"ticket": await until(ticket, "the printed password counts", 30), "password": "맑은 하늘 아래 7 물결"}
        answer = await browser.post("/sign-in/passwords", data=said)
    assert answer.status_code == 303, answer.text
    assert "__Host-ccms_session" in answer.headers["set-cookie"]
    assert "secure" in answer.headers["set-cookie"].lower()


async def test_no_process_can_change_its_own_files_or_is_root(company: Company) -> None:
    said = company.project.compose("exec", "-T", "intake-api", "sh", "-c", "id -u; touch /ccms/x 2>&1; true")
    assert said.split()[0] == "10001"
    assert "Read-only" in said


async def test_a_backup_is_made_as_administrator_and_kept(company: Company) -> None:
    company.project.ccms("backup", "/backups/one")
    listed = company.project.compose("run", "--rm", "-T", "--entrypoint", "ls", "ccms", "/backups/one")
    assert "manifest.json" in listed
