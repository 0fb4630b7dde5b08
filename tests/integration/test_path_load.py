"""Many complaints at once: on three consumers one issue, and a stop under load that is in order."""

import asyncio
import re
from pathlib import Path

import httpx

from shared.db.outbox import UNSENT
from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment, until
from tests.integration.topics import a_created, committed, tell

MANY = 10_000
MOST_SECONDS = 40.0
CLIENTS = 16


async def test_ten_thousand_complaints_on_three_consumers_make_one_issue(servers: Servers, tmp_path: Path) -> None:
    late = "배송이 사흘이나 늦었어요"
    async with deployment(servers, tmp_path, partitions=3) as deployed:
        members = [deployed.start("alerts", "--roles", "consumers") for _ in range(3)]
        await asyncio.gather(*(deployed.ready(member) for member in members))
        await tell(deployed.settings, (a_created(late, product_code="P-ONE") for _ in range(MANY)))
        mongo = deployed.mongo("alerts")

        async def are_all_counted() -> bool:
            return await mongo.count("cases", {}) == MANY

        await until(are_all_counted, "every complaint is a case", MOST_SECONDS)
        (issue,) = await mongo.find("issues", {})
        assert all(await asyncio.gather(*(has_taken(member) for member in members)))
        assert issue["complaints"] == MANY
        assert await mongo.count("cases", {"issue_id": issue["_id"]}) == MANY
        assert await mongo.count("outbox", {"topic": "issue.grew"}) == MANY
        assert await mongo.count("dead_letters", {}) == 0


async def has_taken(member: Served) -> bool:
    """Whether a process has taken complaints, by its own figures."""
    async with httpx.AsyncClient() as client:
        figures = (await client.get(f"{member.url}/metrics")).text
    done = re.search(r'ccms_consumed_total{consumer="alerts.complaint.created",outcome="done"} (\S+)', figures)
    return done is not None and float(done[1]) > 0


async def test_intake_stopped_under_load_keeps_what_it_acknowledged_and_sends_it(
    servers: Servers, tmp_path: Path
) -> None:
    acknowledged: list[str] = []
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        clients = [asyncio.create_task(keep_filing(deployed, intake, acknowledged)) for _ in range(CLIENTS)]

        async def is_under_load() -> bool:
            return len(acknowledged) >= 100

        await until(is_under_load, "complaints are being filed")
        assert await intake.stop() == 0
        await asyncio.gather(*clients)
        mongo = deployed.mongo("intake")
        stored = {row["_id"] for row in await mongo.find("complaints", {}, fields={"_id": 1})}
        assert set(acknowledged) <= stored
        assert await mongo.count("outbox", UNSENT) == 0


async def keep_filing(deployed: Deployment, intake: Served, acknowledged: list[str]) -> None:
    """One client, until the service takes no more."""
    async with deployed.client() as client:
        while True:
            try:
                answer = await client.post(f"{intake.url}/api/intake/v1/complaints", json={"body": "배송이 늦어요"})
            except httpx.TransportError:
                return
            if answer.status_code == 503:
                return
            assert answer.status_code == 201, answer.text
            acknowledged.append(answer.json()["id"])


async def test_alerts_stopped_under_load_has_committed_what_it_did(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path, batch=20) as deployed:
        alerts = await deployed.ready(deployed.start("alerts"))
        await tell(deployed.settings, (a_created() for _ in range(MANY)))
        mongo = deployed.mongo("alerts")

        async def is_under_load() -> bool:
            return await mongo.count("cases", {}) > 100

        await until(is_under_load, "events are being taken")
        assert await alerts.stop() == 0
        done = await mongo.count("inbox", {"_id": {"$regex": "^alerts.complaint.created"}})
        assert done < MANY
        topic = "complaint.created"
        assert await committed(deployed.settings, f"alerts.{topic}", topic) == done
        assert await mongo.count("outbox", UNSENT) == 0
