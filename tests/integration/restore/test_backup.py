"""`ccms backup`: every database as of one moment, byte for byte; what was cut off or changed is never restored."""

import asyncio
import json
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy.backup.manifest import read_manifest
from shared.db.client import CHUNK
from shared.db.lease import COLLECTION as LEASES
from tests.conftest import Servers
from tests.integration.restore.commands import KILLED, ccms, plain
from tests.integration.restore.world import World, world

COLLECTIONS = ("papers", "fs.files", "fs.chunks", "directory", "directory_revision")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
async def made(servers: Servers, tmp_path: Path) -> AsyncIterator[World]:
    """A deployment that has some rows and a file, and never ran."""
    async with world(servers, tmp_path / "deployed") as one:
        await one.put("intake", "papers", [{"_id": f"c{n}", "version": 1, "text": "가" * n} for n in range(500)])
        mongo = one.deployed.mongo("intake")
        await mongo.files.write("f1", _chunks(), NOON)
        mongo.close()
        yield one


async def _chunks() -> AsyncIterator[bytes]:
    for n in range(3):
        yield bytes([n]) * CHUNK


async def test_everything_comes_back_byte_for_byte(made: World, tmp_path: Path) -> None:
    before = {name: await made.rows("intake", name) for name in COLLECTIONS}
    said = await made.ccms("backup", str(tmp_path / "b"), "--json")
    assert said.code == 0, said.err
    assert said.figures["services"]["intake"] == sum(map(len, before.values()))
    await made.spoil("intake", "papers", {}, {"$set": {"text": "?"}})
    await made.spoil("intake", "fs.chunks", {})
    said = await made.ccms("restore", str(tmp_path / "b"), "--replace")
    assert said.code == 0, said.err
    assert {name: await made.rows("intake", name) for name in before} == before


async def test_a_process_of_then_does_not_count_as_running_after_a_restore(made: World, tmp_path: Path) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    await made.put("intake", LEASES, [{"_id": "relay", "holder": "a process of then", "until": until}])
    assert (await made.ccms("backup", str(tmp_path / "b"))).code == 0
    await made.spoil("intake", LEASES, {"_id": "relay"})
    for _ in range(2):
        said = await made.ccms("restore", str(tmp_path / "b"), "--replace")
        assert said.code == 0, said.err


async def test_it_is_of_one_moment_in_all_databases_whatever_is_written_meanwhile(made: World, tmp_path: Path) -> None:
    """Each pair is written to alerts first, then to intake: of one pair alone the backup may have only the first."""
    done = asyncio.Event()

    async def write() -> None:
        n = 0
        while not done.is_set():
            await made.put("alerts", "pairs", [{"_id": n}])
            await made.put("intake", "pairs", [{"_id": n}])
            n += 1

    await made.put("alerts", "pairs", [{"_id": -1}])
    await made.put("intake", "pairs", [{"_id": -1}])
    writing = asyncio.create_task(write())
    said = await made.ccms("backup", str(tmp_path / "b"))
    done.set()
    await writing
    assert said.code == 0, said.err
    counted = {d.service: d.collections["pairs"].documents for d in read_manifest(tmp_path / "b").databases[:2]}
    assert counted["alerts"] - counted["intake"] in (0, 1), counted
    assert counted["alerts"] < len(await made.rows("alerts", "pairs")), "nothing was written meanwhile"


async def test_only_its_owner_reads_it_and_the_key_is_in_it(made: World, tmp_path: Path) -> None:
    await made.ccms("backup", str(tmp_path / "b"))
    files = [path for path in (tmp_path / "b").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    key = made.deployed.settings.master_key_file
    assert key is not None
    assert (tmp_path / "b/secrets/master.key").read_bytes() == key.read_bytes()


async def test_without_its_key_it_says_so_and_is_restored_only_where_that_key_is(made: World, tmp_path: Path) -> None:
    said = await made.ccms("backup", str(tmp_path / "b"), "--without-key")
    assert "master key is not in this backup" in said.err
    key = made.deployed.settings.master_key_file
    assert key is not None
    kept = key.read_bytes()
    key.write_bytes(bytes(32))
    said = await made.ccms("restore", str(tmp_path / "b"), "--replace")
    assert (said.code, "another master key" in said.err) == (1, True)
    key.write_bytes(kept)
    assert (await made.ccms("restore", str(tmp_path / "b"), "--replace")).code == 0


async def test_one_made_between_two_keys_is_restored_only_where_both_are(made: World, tmp_path: Path) -> None:
    key = made.deployed.settings.master_key_file
    assert key is not None
    old, new = key.read_bytes(), bytes(range(32))
    key.write_text(f"{new.hex()}\n{old.hex()}\n")
    assert (await made.ccms("backup", str(tmp_path / "b"), "--without-key")).code == 0
    for lacks_one in (new, old):
        key.write_bytes(lacks_one)
        said = await made.ccms("restore", str(tmp_path / "b"), "--replace")
        assert (said.code, "another master key" in said.err) == (1, True)
    key.write_text(f"{bytes(32).hex()}\n{old.hex()}\n{new.hex()}\n")
    assert (await made.ccms("restore", str(tmp_path / "b"), "--replace")).code == 0
    key.write_bytes(old)


@pytest.mark.parametrize("point", ["backup.batch:2", "backup.written"])
async def test_one_that_was_killed_is_none(made: World, tmp_path: Path, point: str) -> None:
    assert (await made.ccms("backup", str(tmp_path / "b"), crash_at=point)).code == KILLED
    said = await made.ccms("restore", str(tmp_path / "b"), "--replace")
    assert (said.code, "There is no backup" in said.err) == (1, True)
    said = await made.ccms("backup", str(tmp_path / "b"))
    assert (said.code, "was cut off" in said.err) == (1, True)
    assert len(await made.rows("intake", "papers")) == 500


async def test_a_folder_that_is_not_empty_is_refused_by_name(made: World, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b/letter.txt").write_text("x")
    said = await made.ccms("backup", str(tmp_path / "b"))
    assert (said.code, f"{tmp_path / 'b'} is not empty" in said.err) == (1, True)


async def test_a_changed_byte_a_newer_format_and_a_newer_schema_are_refused_by_name(
    made: World, tmp_path: Path
) -> None:
    folder = tmp_path / "b"
    await made.ccms("backup", str(folder))
    manifest = folder / "manifest.json"
    kept = json.loads(manifest.read_text())
    for change, says in (
        ({"format": 2}, "newer version of CCMS"),
        ({"databases": [kept["databases"][0] | {"schema_number": 999}]}, "schema of"),
        ({"databases": [kept["databases"][0] | {"service": "astrology"}]}, "astrology"),
    ):
        manifest.write_text(json.dumps(kept | change))
        said = await made.ccms("restore", str(folder), "--replace")
        assert (said.code, says in said.err) == (1, True), said.err
    manifest.write_text(json.dumps(kept))
    spoilt = folder / "intake/papers.bson.gz"
    spoilt.write_bytes(spoilt.read_bytes()[:-1] + b"x")
    said = await made.ccms("restore", str(folder), "--replace")
    assert (said.code, "intake/papers.bson.gz" in said.err) == (1, True)
    assert len(await made.rows("intake", "papers")) == 500


async def test_data_that_are_there_are_given_up_only_when_that_is_said(made: World, tmp_path: Path) -> None:
    await made.ccms("backup", str(tmp_path / "b"))
    said = await made.ccms("restore", str(tmp_path / "b"))
    assert (said.code, "--replace" in said.err, "ccms_intake" in said.err) == (1, True, True)


async def test_wrong_use_and_a_place_without_anything_are_told_apart(tmp_path: Path) -> None:
    assert (await ccms("backup", environment=plain())).code == 2
    said = await ccms("backup", str(tmp_path / "b"), "--data", str(tmp_path / "none"), environment=plain())
    assert (said.code, f"no installation in {tmp_path / 'none'}" in said.err) == (1, True)
