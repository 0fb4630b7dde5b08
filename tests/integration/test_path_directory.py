"""A directory import on real servers: checked, applied in parts, killed in between and finished, known to others."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.desk import desk, do
from services.sharing.handlers.founding import found_company
from shared.identity.organisation import load_organisation
from tests.conftest import Servers
from tests.integration.processes import deployment, until

ADMIN = "p-042"
ROWS = 1_200
IMPORTS = "/api/sharing/v1/directory-imports"


def people(count: int) -> bytes:
    """A file of which two rows are bad: a name of spaces, and a department that is not there."""
    lines = [f"n{n},이름 {n},영업본부,직원" for n in range(count)]
    lines[10], lines[700] = "n10,   ,영업본부,직원", "n700,이름,없는 본부,직원"
    return ("사번,성명,부서,역할\n" + "\n".join(lines)).encode()


async def send(browser: httpx.AsyncClient, content: bytes, **query: str) -> dict[str, Any]:
    """Import a file."""
    answer = await browser.post(IMPORTS, content=content, params=query, headers={"Content-Type": "text/csv"})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.mark.timeout(240)
async def test_an_import_that_was_killed_in_between_is_finished(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        async with desk(deployed.settings) as running:
            await do(running.committer, found_company, load_organisation())
        sharing = await deployed.ready(deployed.start("sharing", CCMS_CRASH_AT="timer.after:2"))
        alerts = await deployed.ready(deployed.start("alerts"))
        async with deployed.browser(ADMIN, sharing.url) as browser:
            checked = await send(browser, people(ROWS), dry_run="true")
            assert checked["counts"] | {"rows": 0} == {
                "rows": 0, "added": ROWS - 2, "changed": 0, "left": 0, "unchanged": 0, "refused": 2,
            }  # fmt: skip
            assert (await browser.get("/api/sharing/v1/people/n1")).status_code == 404
            await browser.post(f"{IMPORTS}/{checked['id']}/applications")
        assert await sharing.ended() < 0
        again = await deployed.ready(deployed.start("sharing"))
        async with deployed.browser(ADMIN, again.url) as browser:

            async def is_applied() -> bool:
                return bool((await browser.get(f"{IMPORTS}/{checked['id']}")).json()["state"] == "applied")

            await until(is_applied, "the import is applied")
            last = (await browser.get(f"/api/sharing/v1/people/n{ROWS - 1}")).json()
            assert (last["name"], last["department"], last["version"]) == (f"이름 {ROWS - 1}", "sales", 1)
            refused = (await browser.get(f"{IMPORTS}/{checked['id']}/rows", headers={"Accept-Language": "ko"})).json()
            assert [(row["row"], row["problems"][0]["field"]) for row in refused["items"]] == [
                (12, "name"), (702, "department"),
            ]  # fmt: skip
            repeated = await send(browser, people(ROWS))
            assert (repeated["counts"]["unchanged"], repeated["state"]) == (ROWS - 2, "applied")
        mongo = deployed.mongo("alerts")

        async def everybody_is_known() -> bool:
            known = await mongo.count("directory", {"about.kind": "person"})
            return known == ROWS - 2 + len(load_organisation().people)

        await until(everybody_is_known, "alerts knows everybody")
        assert alerts.process.poll() is None
        outbox = deployed.mongo("sharing")
        keys = [row["key"] for row in await outbox.find("outbox", {"topic": "organisation.changed"})]
        assert len(keys) == len(set(keys)), "everybody is told once"


UNREADABLE = {
    b"": (422, "no-columns"),
    b"name,department\nKim,sales\n": (422, "column-needed"),
    b"PK\x03\x04 not a workbook": (422, "broken-workbook"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old": (415, "old-workbook"),
    b"\x89PNG\r\n\x1a\n": (415, "unknown-table"),
}


@pytest.mark.timeout(120)
async def test_a_file_that_cannot_be_read_stores_nothing(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        sharing = await deployed.ready(deployed.start("sharing"))
        async with deployed.browser(ADMIN, sharing.url) as browser:
            for content, (status, kind) in UNREADABLE.items():
                answer = await browser.post(IMPORTS, content=content, headers={"Content-Type": "text/csv"})
                assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")
            assert (await browser.get(IMPORTS)).json()["items"] == []
