"""The whole path on real servers: a complaint over HTTP or by topic, its events, its issue, and who may ask."""

import asyncio
from pathlib import Path
from time import monotonic
from typing import Any

from click.testing import CliRunner

from deploy.cli import keys
from shared.contracts.submission import ComplaintSubmitted
from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment, until
from tests.integration.topics import Heard, hearing, tell

BURN: dict[str, Any] = {
    "body": "전기장판에서 불이 나 손에 화상을 입었어요",
    "product": {"code": "EB-200", "name": "전기장판"},
}
OWN = {"id", "number", "filed_at", "knowledge_at", "complaint_id", "clocks", "next", "due_at", "cause_side"}
"""What two complaints with the same content differ in: who they are, and everything that counts from their filing."""


async def file(deployed: Deployment, intake: Served, body: dict[str, Any]) -> dict[str, Any]:
    """File over HTTP; the answer."""
    async with deployed.client() as client:
        answer = await client.post(f"{intake.url}/api/intake/v1/complaints", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def read(deployed: Deployment, served: Served, path: str) -> dict[str, Any]:
    """GET a resource."""
    async with deployed.client() as client:
        answer = await client.get(f"{served.url}/api/{served.service}/v1/{path}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def common(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in OWN}


async def test_a_burn_becomes_an_issue_on_step_3_with_its_reason(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake, alerts = [await deployed.ready(deployed.start(name)) for name in ("intake", "alerts")]
        filed = await file(deployed, intake, BURN)

        async def opened() -> list[dict[str, Any]]:
            page = await read(deployed, alerts, "issues?least_step=3")
            return list(page["items"])

        (issue,) = await until(opened, "there is an issue on step 3")
        assert issue["call"]["person"] == "p-027"
        words = [word for because in issue["because"] for word in because["words"]]
        assert words
        assert all(word in BURN["body"] for word in words)
        cases = await read(deployed, alerts, f"issues/{issue['id']}/complaints")
        assert [case["id"] for case in cases["items"]] == [filed["id"]]
        async with hearing(deployed.settings, "complaint.created", "issue.escalated") as ear:
            created, escalated = await ear.first("complaint.created"), await ear.first("issue.escalated")
    assert (created.key, escalated.key) == (filed["id"], issue["id"])
    assert escalated.said["ce_causationid"] == created.said["ce_id"]
    assert escalated.said["ce_correlationid"] == created.said["ce_correlationid"]
    assert escalated.data["because"][0]["inputs"] == {"severity": "critical", "complaints": 1}


async def test_by_topic_and_over_http_a_complaint_is_the_same(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        over_http = await file(deployed, intake, BURN)
        command = ComplaintSubmitted(idempotency_key="cti-1", complaint=BURN)
        (command_id,) = await tell(deployed.settings, [command])
        topics = ("complaint.created", "submission.accepted")
        async with hearing(deployed.settings, *topics) as ear:
            accepted = await ear.first("submission.accepted")
            by_topic = accepted.data["complaint_id"]

            def of(complaint: str) -> Any:
                return lambda heard: heard.key == complaint

            first: Heard = await ear.first("complaint.created", of(over_http["id"]))
            second: Heard = await ear.first("complaint.created", of(by_topic))
        stored = [await read(deployed, intake, f"complaints/{id}") for id in (over_http["id"], by_topic)]
    assert accepted.said["ce_causationid"] == command_id
    assert accepted.data["number"] == stored[1]["number"]
    assert common(first.data) == common(second.data)
    assert common(stored[0]) == common(stored[1])
    assert second.said["ce_causationid"] == command_id
    assert second.said.keys() - first.said.keys() <= {"traceparent"}


async def test_a_bad_submission_is_refused_by_its_fields(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        bad: dict[str, object] = {"body": " ", "kind": "grudge", "product": {"code": 7}}
        (command_id,) = await tell(deployed.settings, [ComplaintSubmitted(idempotency_key="cti-2", complaint=bad)])
        async with hearing(deployed.settings, "submission.refused") as ear:
            refused = await ear.first("submission.refused")
        page = await read(deployed, intake, "complaints")
    assert refused.said["ce_causationid"] == command_id
    assert {error["field"] for error in refused.data["errors"]} == {"body", "kind", "product.code"}
    assert all(error["message"] for error in refused.data["errors"])
    assert page["items"] == []


async def test_a_key_works_soon_after_it_was_made_and_not_after_it_was_revoked(
    servers: Servers, tmp_path: Path
) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake, _ = [await deployed.ready(deployed.start(name)) for name in ("intake", "sharing")]
        commands = CliRunner(env=deployed.environment())

        async def ccms_keys(*arguments: str) -> str:
            done = await asyncio.to_thread(commands.invoke, keys.command, arguments)
            assert done.exit_code == 0, done.output
            return done.output.strip()

        made = await ccms_keys("create", "shop", "--holder", "shop", "--may", "complaints:read")
        async with deployed.client(made) as shop:

            async def status() -> int:
                return (await shop.get(f"{intake.url}/api/intake/v1/complaints")).status_code

            async def is_admitted() -> bool:
                return await status() == 200

            async def is_refused() -> bool:
                return await status() == 401

            await until(is_admitted, "the new key works", 10)
            await ccms_keys("revoke", "shop")
            revoked_at = monotonic()
            await until(is_refused, "the revoked key is refused", 5)
            assert monotonic() - revoked_at < 5
        assert "shop" not in await ccms_keys("list")
