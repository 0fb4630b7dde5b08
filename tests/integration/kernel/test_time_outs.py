"""MongoDB that does not answer: refused in time with 503, nothing half done, and all well when it is back."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from uuid import uuid4

import httpx
import pytest

from deploy.local.child import Child
from deploy.local.mongod import launch_mongod, mongod_ready
from deploy.local.ports import choose_ports
from shared.db.client import Mongo, files
from shared.db.commit import commit_many
from shared.db.member import Member
from shared.db.uow import Cause
from shared.errors import Unavailable
from tests.conftest import Servers
from tests.integration.kernel.purse import put, store_on
from tests.integration.processes import Deployment, Served, deployment, until

DEADLINE = 1.0
FILING = {"body": "배송이 사흘이나 늦었어요"}


@pytest.fixture
async def own_mongo(servers: Servers, tmp_path: Path) -> AsyncIterator[tuple[Child, Servers]]:
    """A MongoDB that only this test pauses."""
    folder = tmp_path / "servers"
    (folder / "log").mkdir(parents=True)
    port = choose_ports(folder, ("mongo",))["mongo"]
    child = launch_mongod(folder, port)
    await mongod_ready(child, folder, port)
    yield child, replace(servers, mongo=f"mongodb://127.0.0.1:{port}/?replicaSet=ccms")
    await child.stop(10)


@contextmanager
def paused(child: Child) -> Iterator[None]:
    """It is there, and does not answer."""
    os.kill(child.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(child.process.pid, signal.SIGCONT)


async def test_a_write_is_given_up_within_its_deadline(own_mongo: tuple[Child, Servers]) -> None:
    child, servers = own_mongo
    mongo = Mongo(servers.mongo, "db")
    store = await store_on(mongo)
    store.deadline = DEADLINE
    member = Member(Cause(uuid4().hex), lambda uow: put("a", 1, uow))
    await commit_many(store, [Member(Cause("first"), lambda uow: put("a", 1, uow))])
    with paused(child):
        started = monotonic()
        with pytest.raises(Unavailable) as given_up:
            await commit_many(store, [member])
        assert monotonic() - started < DEADLINE + 1.5
    assert given_up.value.retry_after > 0
    await commit_many(store, [member])
    assert [row["money"] for row in await mongo.find("purses", {})] == [2]
    mongo.close()


async def test_a_filing_gets_503_and_is_accepted_once_when_it_comes_again(
    own_mongo: tuple[Child, Servers], tmp_path: Path
) -> None:
    child, servers = own_mongo
    async with deployment(servers, tmp_path / "intake", deadline=DEADLINE) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        async with deployed.client() as client:
            with paused(child):
                refused = await asyncio.gather(*(file(client, intake, f"k{n}") for n in range(5)))
                await until_ready_is(client, intake, 503)
            assert [answer.status_code for answer in refused] == [503] * 5
            assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
            await until_ready_is(client, intake, 200)
            for n in range(5):
                await until_filed(client, intake, f"k{n}")
        assert await count(deployed) == 5


async def test_a_piece_of_a_file_is_given_up_in_time(
    own_mongo: tuple[Child, Servers], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"photo"

    child, servers = own_mongo
    monkeypatch.setattr(files, "PATIENCE", DEADLINE)
    mongo = Mongo(servers.mongo, "db")
    await mongo.files.write("f-1", pieces(), datetime.now(UTC))
    with paused(child):
        started = monotonic()
        with pytest.raises(Unavailable):
            await mongo.files.write("f-2", pieces(), datetime.now(UTC))
        assert monotonic() - started < DEADLINE + 1.5
    mongo.close()


async def file(client: httpx.AsyncClient, intake: Served, key: str) -> httpx.Response:
    """File under a key."""
    url = f"{intake.url}/api/intake/v1/complaints"
    return await client.post(url, json=FILING, headers={"Idempotency-Key": key})


async def until_filed(client: httpx.AsyncClient, intake: Served, key: str) -> None:
    """As a client does who was told to come again."""

    async def is_filed() -> bool:
        answer = await file(client, intake, key)
        assert answer.status_code in (201, 503), answer.text
        return answer.status_code == 201

    await until(is_filed, "the filing is accepted", 20)


async def until_ready_is(client: httpx.AsyncClient, intake: Served, status: int) -> None:
    """The process says itself whether it takes requests."""

    async def says() -> bool:
        return (await client.get(f"{intake.url}/ready")).status_code == status

    await until(says, f"/ready is {status}", 20)


async def count(deployed: Deployment) -> int:
    mongo = deployed.mongo("intake")
    try:
        return await mongo.count("complaints", {})
    finally:
        mongo.close()
