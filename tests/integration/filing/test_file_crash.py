"""Processes die while files come, wait and go: no file is half kept, none stays for ever, none is lost."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import httpx

from shared.db.client import Mongo
from shared.identity.organisation import load_organisation
from shared.runtime.clock import SystemClock
from tests.conftest import Servers
from tests.integration.filing.conftest import API, upload
from tests.integration.processes import Deployment, Served, deployment, until
from tests.unit.uploads.sample_files import jpeg

PHOTO = jpeg() + bytes(range(256)) * 3000
DAY = timedelta(hours=24, minutes=1)


async def send(deployed: Deployment, intake: Served, name: str = "사진.jpg") -> httpx.Response:
    async with deployed.client() as client:
        return await upload(client, name, PHOTO, path=f"{intake.url}{API}/attachments")  # type: ignore[no-any-return]


async def age(mongo: Mongo) -> None:
    """A day has passed since everything came."""
    await mongo.update("attachments", {}, {"$set": {"arrived_at": SystemClock().now() - DAY}})


async def nothing_left(mongo: Mongo) -> None:
    async def is_gone() -> bool:
        left = [await mongo.count(name, {}) for name in ("attachments", "fs.chunks", "fs.files")]
        return left == [0, 0, 0]

    await until(is_gone, "every file that nobody named is gone")


async def test_a_kill_between_upload_and_filing_loses_nothing(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        staged = (await send(deployed, intake)).json()
        intake.process.kill()
        await intake.ended()
        intake = await deployed.ready(deployed.start("intake"))
        async with deployed.client() as client:
            filing = {"body": "전기장판이 탔어요", "attachments": [staged["id"]]}
            filed = await client.post(f"{intake.url}{API}/complaints", json=filing)
        assert filed.status_code == 201
        agent = load_organisation().with_role("agent")[0].id
        async with deployed.browser(agent, intake.url) as browser:
            assert (await browser.get(f"{API}/attachments/{staged['id']}/content")).content == PHOTO


async def test_what_a_killed_upload_left_behind_is_found_and_deleted(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake", CCMS_CRASH_AT="file.stored"))
        with suppress(httpx.TransportError):
            await send(deployed, intake)
        await intake.ended()
        mongo = deployed.mongo("intake")
        (row,) = await mongo.find("attachments", {})
        assert (row["state"], await mongo.count("fs.chunks", {}) > 0) == ("arriving", True)
        await age(mongo)
        await deployed.ready(deployed.start("intake"))
        await nothing_left(mongo)
        mongo.close()


async def test_a_kill_while_old_files_are_deleted_leaves_none_of_them(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        for number in range(3):
            assert (await send(deployed, intake, f"{number}.jpg")).status_code == 201
        await intake.stop()
        mongo = deployed.mongo("intake")
        await age(mongo)
        crashing = deployed.start("intake", CCMS_CRASH_AT="file.deleted:2")
        await crashing.ended()
        assert await mongo.count("attachments", {"state": "dropped"}) == 3
        await deployed.ready(deployed.start("intake"))
        await nothing_left(mongo)
        mongo.close()
