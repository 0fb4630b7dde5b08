"""`ccms reseal`: with a new master key everything is sealed anew, and nobody needs the old one any more."""

import asyncio
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deploy.cli import dlq, reseal
from services.intake.service import SERVICE
from shared.db.client import Mongo
from shared.privacy.sealed import Sealed
from shared.privacy.vault import KEY_BYTES, Vault, VaultError
from shared.runtime.resealing import EVERYWHERE, PASSES
from shared.runtime.resealing import reseal as reseal_service
from tests.conftest import Servers
from tests.integration.processes import Deployment, deployment, until
from tests.integration.topics import speaking
from tests.unit.uploads.sample_files import png

COMPLAINTS = "/api/intake/v1/complaints"
BODY = {"body": "배송이 사흘이나 늦었어요", "contact": {"name": "홍길동", "phone": "010-1234-5678"}}
PURPOSES = {each.purpose for each in (*EVERYWHERE, *SERVICE.sealed)}
PRIVATE = b'{"phone": "010-9876-5432", '


async def ccms(command: Any, deployed: Deployment, *arguments: str) -> Result:
    """Run a command on the deployment."""
    runner = CliRunner(env=deployed.environment() | {"CCMS_LANGUAGE": "en"})
    return await asyncio.to_thread(runner.invoke, command, list(arguments), catch_exceptions=True)


def values(part: Any) -> Iterator[bytes]:
    """Every binary value in a document, wherever it stands."""
    if isinstance(part, bytes):
        yield part
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for each in parts:
        yield from values(each)


async def opened_by(key: bytes, deployed: Deployment) -> Counter[str]:
    """How many values of each of intake's collections this key opens, whether anybody has declared them or not.

    The outbox is left out: it holds dead letters as they went onto their topic, where nobody of ours opens them.
    """
    mongo, found = deployed.mongo("intake"), Counter[str]()
    for collection in set(await mongo.collections()) - {"outbox"}:
        for document in await mongo.find(collection, {}):
            found[collection] += sum(any(opens(key, value, for_) for for_ in PURPOSES) for value in values(document))
    mongo.close()
    return +found


def opens(key: bytes, value: bytes, purpose: str) -> bool:
    try:
        Vault(key).open(value, purpose)
    except VaultError:
        return False
    return True


async def fill(deployed: Deployment) -> dict[str, Any]:
    """A complaint under a key, drafts, a file that waits for its complaint, and a record from outside that nobody can
    read; the complaint's answer.
    """
    intake = await deployed.ready(deployed.start("intake"))
    async with deployed.client() as client, deployed.browser("p-034", intake.url) as agent:
        answer = await client.post(f"{intake.url}{COMPLAINTS}", json=BODY, headers={"Idempotency-Key": "k"})
        assert answer.status_code == 201
        said = {"body": "두유가 상했어요", "revision": "0"}
        assert (await agent.post("/intake/calls/call-1/saves", data=said)).is_success
        file = {"go": "file", "revision": "0", "body": "두유가 또 상했어요", "channel": "phone", "kind": "complaint"}
        gone = await agent.post("/intake/calls/call-2", files={name: (None, text) for name, text in file.items()})
        assert gone.status_code == 303, "a draft that was filed is empty"
        assert (await agent.post("/api/intake/v1/attachments", files={"file": ("a.png", png())})).status_code == 201
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
        old = file.read_bytes()
        before = await opened_by(old, deployed)
        assert before.keys() >= {"commands", "contacts", "calls", "attachments", "dead_letters"}

        file.write_text(new.hex())
        refused = await ccms(reseal.command, deployed)
        assert isinstance(refused.exception, reseal.NotOpened)
        assert refused.exception.inputs["lost"] == before.total()
        assert await opened_by(old, deployed) == before, "what no key opens stays as it is"

        file.write_text(f"{new.hex()}\n{old.hex()}\n")
        done = await ccms(reseal.command, deployed, "--json")
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout) == {"anew": before.total(), "already": 0}
        assert json.loads((await ccms(reseal.command, deployed, "--json")).stdout)["anew"] == 0
        assert await opened_by(old, deployed) == Counter()
        assert await opened_by(new, deployed) == before

        file.write_text(new.hex())
        intake = await deployed.ready(deployed.start("intake"))
        async with deployed.client() as client:
            again = await client.post(f"{intake.url}{COMPLAINTS}", json=BODY, headers={"Idempotency-Key": "k"})
        assert again.json() == filed
        (letter,) = json.loads((await ccms(dlq.command, deployed, "list", "intake", "--json")).stdout)["dead"]
        shown = await ccms(dlq.command, deployed, "show", "intake", letter["id"])
        assert "[전화]" in json.loads(shown.stdout)["body"]


async def test_a_process_that_goes_on_sealing_under_the_old_key_is_noticed(
    database: Callable[..., Mongo], monkeypatch: pytest.MonkeyPatch
) -> None:
    mongo, old, new = database(), os.urandom(KEY_BYTES), os.urandom(KEY_BYTES)
    service: Any = SimpleNamespace(sealed=[Sealed("notes", "sealed", "note")])
    await mongo.insert("notes", [{"_id": "lost", "sealed": Vault(os.urandom(KEY_BYTES)).seal(b"?", "note")}])
    written, update = list[str](), mongo.update

    async def and_another_one(collection: str, query: Any, change: Any) -> int:
        await mongo.insert("notes", [{"_id": f"n-{99 - len(written)}", "sealed": Vault(old).seal(b"!", "note")}])
        written.append(collection)
        return await update(collection, query, change)

    await and_another_one("notes", {"_id": "nobody"}, {"$set": {"x": 1}})
    monkeypatch.setattr(mongo, "update", and_another_one)
    found = await reseal_service(service, mongo, Vault(new, old))
    assert (found.anew, found.lost, found.unfinished) == (PASSES, 1, 1)
