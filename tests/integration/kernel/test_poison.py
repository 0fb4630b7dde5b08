"""What can never be done costs only itself, is seen, and says what to do about it."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from deploy.cli import dlq
from shared.contracts.complaint import ComplaintClassified
from shared.contracts.issue import IssueGrew
from shared.db.client import Mongo
from shared.messaging import unsent
from shared.obs import metrics
from shared.runtime.clock import SetClock
from shared.runtime.jobs import Jobs
from shared.testing.fake import NOON
from tests.conftest import Servers
from tests.integration.kernel.letters import Letters, paid
from tests.integration.kernel.mail import Mail, running
from tests.integration.kernel.purse import store_on
from tests.integration.processes import Deployment, deployment, until
from tests.integration.topics import speaking, tell

Databases = Callable[..., Mongo]
FLOOD = 150


async def test_a_row_that_cannot_be_sent_holds_its_key_only_and_alarms(
    post: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsent, "HOLD_BACK", 60.0)
    await post.tell("bad", "bad", "good")
    await post.change("bad", 1, topic="issue.nowhere")
    with structlog.testing.capture_logs() as logged:
        async with running(post.relay().run()):
            await post.heard("good", 1)
            await post.tell("good")
            await post.heard("good", 2)
    assert post.sequences("bad") == []
    assert metrics.OUTBOX_HELD.labels("test")._value.get() == 1
    assert [line["event"] for line in logged if line["log_level"] == "error"] == ["relay.held_back"]


async def test_a_parked_event_whose_prerequisite_never_comes_alarms_by_its_age(database: Databases) -> None:
    clock = SetClock(NOON)
    letters = Letters(await store_on(database(), clock))
    await letters.take(paid("nobody", 1))
    clock.move(timedelta(hours=2))
    await Jobs(letters.store, {}, "holder", lambda: None)._has_lease()
    assert metrics.PARKED_AGE.labels("test")._value.get() == 7200


async def dlq_of(deployed: Deployment, *arguments: str) -> Result:
    """Run `ccms dlq` on the deployment."""
    runner = CliRunner(env=deployed.environment() | {"CCMS_LANGUAGE": "en"})
    return await asyncio.to_thread(runner.invoke, dlq.command, list(arguments))


async def test_what_waits_in_vain_is_listed_with_the_dead_letters(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        await deployed.ready(deployed.start("alerts"))
        event = {"complaint_id": "never", "number": "C-2026-000001", "category": "delivery"}
        await tell_early(deployed, event)
        mongo = deployed.mongo("alerts")

        async def is_parked() -> bool:
            return await mongo.count("parked", {}) == 1

        await until(is_parked, "it is parked")
        listed = json.loads((await dlq_of(deployed, "list", "alerts", "--json")).stdout)
    assert [row["waits_for"] for row in listed["parked"]] == ["Case:never"]
    assert listed["dead"] == []


async def tell_early(deployed: Deployment, said: dict[str, str]) -> None:
    """A complaint's category is corrected, and nobody has told of the complaint."""
    more = {"severity": "minor", "complexity": "low", "impact": "low", "immediate_action": False, "confidence": 1.0}
    await tell(deployed.settings, [ComplaintClassified.model_validate(said | more | {"previous_category": "quality"})])


async def test_a_flood_in_one_batch_stops_the_consumer_and_is_put_aside_once_the_limit_is_raised(
    servers: Servers, tmp_path: Path
) -> None:
    async with deployment(servers, tmp_path, log_format="json") as deployed:
        served = await deployed.ready(deployed.start("intake"))
        topic = deployed.settings.named(IssueGrew.type)
        async with speaking(deployed.settings) as producer:
            sent = [await producer.send(topic, b"garbage") for _ in range(FLOOD)]
            await asyncio.gather(*sent)
        mongo = deployed.mongo("intake")

        async def has_stopped() -> bool:
            return await mongo.count("stops", {}) == 1

        await until(has_stopped, "the consumer has stopped")
        assert await mongo.count("dead_letters", {}) == 0
        answer = await dlq_of(deployed, "list", "intake")
        assert "intake.issue.grew has stopped" in answer.stderr
        assert "CCMS_DEAD_LETTER_LIMIT" in answer.stderr
        (line,) = [json.loads(line) for line in served.log.read_text().splitlines() if "consumer.stopped" in line]
        assert line["raised_by"] == "CCMS_DEAD_LETTER_LIMIT"
        assert f"{FLOOD} within" in line["records"]
        await served.stop()
        await deployed.ready(deployed.start("intake", CCMS_DEAD_LETTER_LIMIT="1000"))

        async def all_are_aside() -> bool:
            return await mongo.count("dead_letters", {}) == FLOOD

        await until(all_are_aside, "all are among the dead letters")
        assert await mongo.count("stops", {}) == 0
