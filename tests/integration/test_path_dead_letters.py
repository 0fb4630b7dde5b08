"""What nobody can read goes aside, is seen with `ccms dlq`, mended and handled, or dropped; the rest goes on."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deploy.cli import dlq
from shared.contracts.catalogue import entry_of
from shared.contracts.cloudevents import to_headers
from shared.contracts.complaint import ComplaintCreated
from shared.contracts.envelope import Envelope
from tests.conftest import Servers
from tests.integration.processes import Deployment, deployment, until
from tests.integration.topics import a_created, hearing, speaking, tell

TOPIC = "complaint.created"
GARBAGE = b"\x00\xffgarbage"


async def dlq_of(deployed: Deployment, *arguments: str) -> Result:
    """Run `ccms dlq` on the deployment."""
    runner = CliRunner(env=deployed.environment())
    return await asyncio.to_thread(runner.invoke, dlq.command, list(arguments))


async def listed(deployed: Deployment, state: str = "open") -> list[dict[str, Any]]:
    """The dead letters of alerts in a state."""
    answer = await dlq_of(deployed, "list", "alerts", "--json", "--state", state)
    assert answer.exit_code == 0, answer.output
    return list(json.loads(answer.stdout)["dead"])


async def spoil(deployed: Deployment, event: ComplaintCreated) -> None:
    """Put garbage, an event with a broken body and a good one on the topic."""
    entry, topic = entry_of(event), deployed.settings.named(TOPIC)
    envelope = Envelope("e-1", entry.type, "/test", event.complaint_id, event.filed_at, 1, "", "", "", event)
    async with speaking(deployed.settings) as producer:
        await producer.send_and_wait(topic, GARBAGE)
        await producer.send_and_wait(topic, b'{"kind": 3}', headers=to_headers(envelope, entry))
    await tell(deployed.settings, [a_created()])


async def test_a_letter_is_mended_and_replayed_and_the_other_dropped(servers: Servers, tmp_path: Path) -> None:
    event = a_created()
    fixed = tmp_path / "fixed.json"
    fixed.write_text(event.model_dump_json())
    async with deployment(servers, tmp_path) as deployed:
        await deployed.ready(deployed.start("alerts"))
        await spoil(deployed, event)
        mongo = deployed.mongo("alerts")

        async def is_all_taken() -> bool:
            return await mongo.count("cases", {}) == 1 and await mongo.count("dead_letters", {}) == 2

        await until(is_all_taken, "the good event is taken, the others are set aside")
        by_error = {letter["error"]: letter["id"] for letter in await listed(deployed)}
        (garbage,) = (id for error, id in by_error.items() if "headers missing" in error)
        (broken,) = (id for error, id in by_error.items() if "data is not complaint.created" in error)
        shown = json.loads((await dlq_of(deployed, "show", "alerts", broken)).stdout)
        assert shown["body"] == '{"kind": 3}'
        assert (await dlq_of(deployed, "replay", "alerts", broken)).exit_code == 1
        assert (await dlq_of(deployed, "replay", "alerts", broken, "--body", str(fixed))).exit_code == 0
        assert (await dlq_of(deployed, "drop", "alerts", garbage)).exit_code == 0
        assert (await dlq_of(deployed, "replay", "alerts", broken, "--body", str(fixed))).exit_code == 1
        assert await listed(deployed) == []
        assert [letter["id"] for letter in await listed(deployed, "replayed")] == [broken]
        assert [letter["id"] for letter in await listed(deployed, "dropped")] == [garbage]
        assert await mongo.count("cases", {"_id": event.complaint_id}) == 1
        assert await mongo.count("issues", {"open_series": {"$ne": None}}) == 2


async def test_a_dead_letter_stands_on_its_topic_byte_for_byte(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        await deployed.ready(deployed.start("alerts"))
        async with speaking(deployed.settings) as producer:
            await producer.send_and_wait(deployed.settings.named(TOPIC), b'"garbage"', key=b"k")
        dead = f"alerts.{TOPIC}.dlq"
        async with hearing(deployed.settings, dead) as ear:
            letter = await ear.first(dead)
    assert (letter.key, letter.body) == ("k", b'"garbage"')
    assert letter.said["x-error"].startswith("unreadable: headers missing")
    assert letter.said["x-topic"] == TOPIC
    assert letter.said["x-at"] == "0:0"


@pytest.mark.parametrize("arguments", [("show", "alerts", "none"), ("drop", "alerts", "none")])
async def test_a_letter_that_is_not_there_is_said_so(
    arguments: tuple[str, ...], servers: Servers, tmp_path: Path
) -> None:
    async with deployment(servers, tmp_path) as deployed:
        answer = await dlq_of(deployed, *arguments)
    assert answer.exit_code == 1
    assert answer.output.startswith("Error")
