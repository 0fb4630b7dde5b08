"""`ccms reseal`: with a new master key everything is sealed anew, and nobody needs the old one any more."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deploy.cli import dlq, reseal
from services.intake.service import SERVICE
from shared.privacy.vault import KEY_BYTES, Vault, VaultError
from shared.runtime.resealing import EVERYWHERE
from tests.conftest import Servers
from tests.integration.processes import Deployment, deployment, until
from tests.integration.topics import speaking

COMPLAINTS = "/api/intake/v1/complaints"
BODY = {"body": "배송이 사흘이나 늦었어요", "contact": {"name": "홍길동", "phone": "010-1234-5678"}}
PRIVATE = b'{"phone": "010-9876-5432", '


async def ccms(command: Any, deployed: Deployment, *arguments: str) -> Result:
    """Run a command on the deployment."""
    runner = CliRunner(env=deployed.environment() | {"CCMS_LANGUAGE": "en"})
    return await asyncio.to_thread(runner.invoke, command, list(arguments), catch_exceptions=True)


async def sealed_values(deployed: Deployment) -> list[tuple[str, bytes, str]]:
    """Whatever intake has sealed under the master key: where, the value, and its purpose."""
    mongo, found = deployed.mongo("intake"), list[tuple[str, bytes, str]]()
    for each in (*EVERYWHERE, *SERVICE.sealed):
        rows = await mongo.find(each.collection, {each.field: {"$type": "binData"}, **each.only})
        found += [(f"{each.collection}.{each.field}", row[each.field], each.purpose) for row in rows]
    mongo.close()
    return found


async def fill(deployed: Deployment) -> dict[str, Any]:
    """A complaint under a key, a draft, and a record from outside that nobody can read; the complaint's answer."""
    intake = await deployed.ready(deployed.start("intake"))
    async with deployed.client() as client, deployed.browser("p-034", intake.url) as agent:
        answer = await client.post(f"{intake.url}{COMPLAINTS}", json=BODY, headers={"Idempotency-Key": "k"})
        assert answer.status_code == 201
        saved = await agent.post("/intake/calls/call-1/saves", data={"body": "두유가 상했어요", "revision": "0"})
        assert saved.is_success, saved.text
    async with speaking(deployed.settings) as producer:
        await producer.send_and_wait(deployed.settings.named("complaint.submitted"), PRIVATE, key=b"010-9876-5432")
    mongo = deployed.mongo("intake")

    async def is_set_aside() -> bool:
        return await mongo.count("dead_letters", {"sealed": True}) == 1

    await until(is_set_aside, "the record is set aside")
    mongo.close()
    await intake.stop()
    return dict(answer.json())


@pytest.mark.timeout(180)
async def test_after_it_the_new_key_alone_opens_everything(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        file, new = deployed.settings.master_key_file, os.urandom(KEY_BYTES)
        assert file is not None
        filed = await fill(deployed)
        old, before = file.read_bytes(), await sealed_values(deployed)
        assert {place for place, *_ in before} >= {
            "commands.answer",
            "contacts.key",
            "dead_letters.body",
            "calls.sealed",
        }

        file.write_text(new.hex())
        refused = await ccms(reseal.command, deployed)
        assert isinstance(refused.exception, reseal.NotOpened)
        assert refused.exception.inputs["lost"] == len(before)
        assert await sealed_values(deployed) == before, "what no key opens stays as it is"

        file.write_text(f"{new.hex()}\n{old.hex()}\n")
        done = await ccms(reseal.command, deployed, "--json")
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["anew"] >= len(before)
        assert json.loads((await ccms(reseal.command, deployed, "--json")).stdout)["anew"] == 0

        file.write_text(new.hex())
        for place, value, purpose in await sealed_values(deployed):
            assert Vault(new).open(value, purpose), place
            with pytest.raises(VaultError):
                Vault(old).open(value, purpose)
        intake = await deployed.ready(deployed.start("intake"))
        async with deployed.client() as client:
            again = await client.post(f"{intake.url}{COMPLAINTS}", json=BODY, headers={"Idempotency-Key": "k"})
        assert again.json() == filed
        (letter,) = json.loads((await ccms(dlq.command, deployed, "list", "intake", "--json")).stdout)["dead"]
        shown = await ccms(dlq.command, deployed, "show", "intake", letter["id"])
        assert "[전화]" in json.loads(shown.stdout)["body"]
