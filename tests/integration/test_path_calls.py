"""Who is called when nobody acknowledges, across a restart, and what open pages hear of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment, impatient_rules, until
from tests.integration.topics import Heard, a_created, hearing, tell

DUTY = ["p-027", "p-026", "p-025", "p-004"]
"""The safety officers of the sample organisation, in the order in which they are called."""

TOLD = {"issue.opened", "issue.grew", "issue.escalated"}
"""What one burn makes alerts tell, each on its own topic, so in any order."""

Said = tuple[str, str, dict[str, Any]]
"""Event id, event, data of one server-sent event."""


def call(turn: int) -> Any:
    return lambda heard: heard.data["call"] == turn


async def test_the_next_is_called_although_the_process_was_killed_meanwhile(servers: Servers, tmp_path: Path) -> None:
    rules = impatient_rules(tmp_path / "rules", 1.5, ["safety_officer"])
    async with deployment(servers, tmp_path, rules=rules) as deployed:
        alerts = await deployed.ready(deployed.start("alerts"))
        await tell(deployed.settings, [a_created()])
        async with hearing(deployed.settings, "issue.escalated") as ear:
            first = await ear.first("issue.escalated", call(0))
            alerts.process.kill()
            await alerts.ended()
            await deployed.ready(deployed.start("alerts"))
            second = await ear.first("issue.escalated", call(1))
    assert [first.data["called"], second.data["called"]] == [[DUTY[0]], [DUTY[1]]]
    assert second.data["because"][0]["rule"] == "playbook.unanswered"
    assert datetime.fromisoformat(second.said["ce_time"]) >= acknowledge_by(first)


def acknowledge_by(heard: Heard) -> datetime:
    return datetime.fromisoformat(heard.data["acknowledge_by"])


async def test_nobody_else_is_called_once_somebody_acknowledged(servers: Servers, tmp_path: Path) -> None:
    rules = impatient_rules(tmp_path / "rules", 1.0, ["safety_officer"])
    async with deployment(servers, tmp_path, rules=rules) as deployed:
        alerts = await deployed.ready(deployed.start("alerts"))
        await tell(deployed.settings, [a_created()])
        async with hearing(deployed.settings, "issue.escalated", "issue.acknowledged") as ear:
            escalated = await ear.first("issue.escalated", call(1))
            await acknowledge(deployed, alerts, escalated.key)
            acknowledged = await ear.first("issue.acknowledged")
            mongo = deployed.mongo("alerts")

            async def all_fired() -> bool:
                return not await mongo.count("timers", {"done_at": None, "kind": "call-unanswered"})

            await until(all_fired, "the timers fire")
        (issue,) = await mongo.find("issues", {})
        story = await mongo.find("moments", {"issue_id": issue["_id"]}, sort=[("n", 1)])
    assert acknowledged.data["by"] == DUTY[0]
    assert (issue["call"]["turn"], issue["call"]["acknowledged_by"]) == (1, DUTY[0])
    assert [moment["what"] for moment in story][-2:] == ["called", "acknowledged"]


async def acknowledge(deployed: Deployment, alerts: Served, issue: str) -> None:
    """As the first safety officer in a browser."""
    async with deployed.browser(DUTY[0], alerts.url) as browser:
        answer = await browser.post(f"/api/alerts/v1/issues/{issue}/acknowledgements")
    assert answer.status_code == 201, answer.text


@pytest.fixture
async def alerts(servers: Servers, tmp_path: Path) -> AsyncIterator[tuple[Deployment, Served]]:
    """Alerts alone, with the shipped playbook."""
    async with deployment(servers, tmp_path) as deployed:
        yield deployed, await deployed.ready(deployed.start("alerts"))


async def listen(
    deployed: Deployment, served: Served, *, last: str | None = None, opened: asyncio.Event | None = None
) -> AsyncIterator[Said]:
    """The server-sent events of a service's stream behind `last`; `opened` is set once it is open."""
    headers = {"Last-Event-ID": last} if last else {}
    async with (
        deployed.client() as client,
        client.stream("GET", f"{served.url}/api/alerts/v1/stream", headers=headers) as stream,
    ):
        said: dict[str, str] = {}
        async for line in stream.aiter_lines():
            name, _, value = line.partition(": ")
            if opened and line == ": beat":
                opened.set()
            if line and name:
                said[name] = value
            elif "event" in said:
                yield said.get("id", ""), said["event"], json.loads(said["data"])
                said = {}


async def next_of(said: AsyncIterator[Said]) -> Said:
    return await asyncio.wait_for(anext(said), 20)


async def test_an_open_page_hears_of_the_escalation(alerts: tuple[Deployment, Served]) -> None:
    opened = asyncio.Event()
    heard: list[Said] = []

    async def watch() -> None:
        async for said in listen(*alerts, opened=opened):
            heard.append(said)
            if {data["type"] for _, _, data in heard} >= TOLD:
                return

    watching = asyncio.create_task(watch())
    await asyncio.wait_for(opened.wait(), 20)
    await tell(alerts[0].settings, [a_created()])
    await asyncio.wait_for(watching, 20)
    assert {event for _, event, _ in heard} == {"changed"}
    assert len({data["id"] for _, _, data in heard}) == 1
    again = listen(*alerts, last=heard[0][0])
    assert await next_of(again) == heard[1]
    await again.aclose()  # type: ignore[attr-defined]


async def test_a_page_that_holds_an_unknown_event_starts_over(alerts: tuple[Deployment, Served]) -> None:
    said = listen(*alerts, last="long-ago")
    _, event, _ = await next_of(said)
    assert event == "reset"
    await said.aclose()  # type: ignore[attr-defined]
