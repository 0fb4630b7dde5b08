"""The schema number: fresh, one step after the other with a copy before, through a crash, and never backward."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable

import pytest

from shared.db.client import Document, Mongo
from shared.db.schema import NewerData, prepare
from tests.conftest import Servers
from tests.integration.kernel.purse import Purse
from tests.integration.kernel.stepping import STEPS
from tests.integration.processes import ROOT

Databases = Callable[..., Mongo]
KILLED = -9
OLD: Document = {"_id": "p", "money": 21, "owner": None, "version": 1, "sequence": 0}


@pytest.fixture
async def old(database: Databases) -> Mongo:
    """A database of the first version with one purse."""
    mongo = database()
    await prepare(mongo, [Purse], [])
    await mongo.insert("purses", [OLD])
    return mongo


@pytest.fixture
async def copy(old: Mongo, servers: Servers) -> AsyncIterator[Mongo]:
    """Where the copy before the first step is made; one before the second is made after a crash between them."""
    made = [Mongo(servers.mongo, f"{old.name}_before_{step.number}") for step in STEPS]
    yield made[0]
    for mongo in made:
        await mongo.drop()
        mongo.close()


async def purse(mongo: Mongo) -> Document:
    (row,) = await mongo.find("purses", {})
    return row


async def number(mongo: Mongo) -> int:
    (row,) = await mongo.find("schema", {"_id": "schema"})
    return int(row["number"])


async def step(servers: Servers, mongo: Mongo, crash_at: str = "") -> int:
    """Step forward in a process of its own; its exit code."""
    module = ("-m", "tests.integration.kernel.stepping", servers.mongo, mongo.name)
    environment = {**os.environ, "CCMS_CRASH_AT": crash_at}
    process = await asyncio.create_subprocess_exec(sys.executable, *module, cwd=ROOT, env=environment)
    return await process.wait()


async def test_a_fresh_database_is_of_this_version_at_once(database: Databases) -> None:
    mongo = database()
    await prepare(mongo, [Purse], STEPS)
    assert await number(mongo) == 3
    assert {"purses", "outbox", "inbox", "commands", "timers", "parked", "dead_letters"} <= {*await mongo.collections()}


async def test_an_old_one_is_led_forward_step_by_step(old: Mongo, copy: Mongo) -> None:
    await prepare(old, [Purse], STEPS)
    row = await purse(old)
    assert (await number(old), row["money"], row["owner"]) == (3, 42, "nobody")


async def test_before_it_is_changed_it_is_copied(old: Mongo, copy: Mongo) -> None:
    await prepare(old, [Purse], STEPS)
    assert await purse(copy) == OLD


async def test_a_second_start_changes_nothing(old: Mongo, copy: Mongo) -> None:
    await prepare(old, [Purse], STEPS)
    once = await purse(old)
    await prepare(old, [Purse], STEPS)
    assert await purse(old) == once


@pytest.mark.parametrize("time", [1, 2])
async def test_killed_in_the_middle_it_goes_on_and_keeps_the_copy_of_before(
    time: int, old: Mongo, copy: Mongo, servers: Servers
) -> None:
    assert await step(servers, old, f"schema.step:{time}") == KILLED
    assert await number(old) == time
    await old.delete("leases", {})  # the killed process's lease, which would run out by itself
    assert await step(servers, old) == 0
    row = await purse(old)
    assert (await number(old), row["money"], row["owner"]) == (3, 42, "nobody")
    assert await purse(copy) == OLD


async def test_processes_that_start_at_once_step_once(old: Mongo, copy: Mongo, servers: Servers) -> None:
    await asyncio.gather(*(prepare(old, [Purse], STEPS) for _ in range(4)))
    row = await purse(old)
    assert (await number(old), row["money"]) == (3, 42)
    assert await purse(copy) == OLD
    needless = Mongo(servers.mongo, f"{old.name}_before_4")
    assert await needless.collections() == []
    needless.close()


async def test_data_of_a_newer_version_is_refused_by_name(old: Mongo) -> None:
    await old.upsert("schema", ["schema"], {"$set": {"number": 4}})
    with pytest.raises(NewerData) as refused:
        await prepare(old, [Purse], STEPS)
    assert refused.value.inputs == {"database": old.name, "found": 4, "known": 3}
    assert await purse(old) == OLD
