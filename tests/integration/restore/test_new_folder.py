"""Everything is gone but the backup: restored into a new folder, `ccms up` has all of it and fills the topics."""

import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.messaging.reading import read_through
from shared.runtime.credentials import Brokers
from tests.conftest import Servers
from tests.integration.processes import ROOT, until
from tests.integration.restore.commands import ccms, plain
from tests.integration.restore.world import world

COMPLAINTS = 5


def _start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "deploy.cli", "up", "--data", str(folder), "--port", "0"]
    with (folder.parent / "up.log").open("wb") as log:
        return subprocess.Popen(command, cwd=ROOT, env=plain(), stdout=log, stderr=log)


@asynccontextmanager
async def up(folder: Path) -> AsyncIterator[dict[str, Any]]:
    """`ccms up` on a folder; what it wrote down."""
    process = _start(folder)
    try:

        async def is_ready() -> bool:
            said = (folder.parent / "up.log").read_text()
            assert process.poll() is None, said
            return "\nready " in f"\n{said}"

        await until(is_ready, "it is ready", 120)
        yield dict(json.loads((folder / "run.json").read_text()))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


async def sequences(kafka: str, topic: str) -> dict[str, list[int]]:
    """The sequences of each key on a topic, in order."""
    found: dict[str, list[int]] = {}
    async for records in read_through(Brokers(kafka), topic):
        for record in records:
            said = dict(record.headers)
            found.setdefault((record.key or b"").decode(), []).append(int(said["ce_sequence"]))
    return found


@pytest.mark.timeout(400)
async def test_a_new_machine_has_it_all(servers: Servers, tmp_path: Path) -> None:
    async with world(servers, tmp_path / "old") as made:
        await made.start()
        await made.file(COMPLAINTS)
        await made.settle(COMPLAINTS)
        assert (await made.ccms("backup", str(tmp_path / "b"))).code == 0
        issues = {issue["number"]: issue["complaints"] for issue in await made.issues()}
    new = tmp_path / "new"
    said = await ccms("restore", str(tmp_path / "b"), "--data", str(new), "--json", environment=plain())
    assert said.code == 0, said.err
    assert (said.figures["lost"], said.figures["lost_file"]) == ({}, None)
    assert said.figures["sent_again"] >= 4 * COMPLAINTS  # created, classified, assigned, grew
    async with up(new) as run:
        key = run["accounts"]["system"]["api_key"]
        async with httpx.AsyncClient(base_url=run["url"], headers={"Authorization": f"Bearer {key}"}) as client:
            there = (await client.get("/api/intake/v1/complaints?limit=100")).json()["items"]
            assert {each["id"] for each in there} == {*made.filed}
            filed = await client.post("/api/intake/v1/complaints", json={"body": "새 서버에서 접수합니다"})
            assert filed.status_code == 201, filed.text
            assert filed.json()["number"] not in made.filed.values()

            async def topics_are_full() -> bool:
                return len(await sequences(run["kafka"], "complaint.created")) == COMPLAINTS + 1

            await until(topics_are_full, "the topics are filled again")
            told = await sequences(run["kafka"], "complaint.created")
            assert all(each == [1] for each in told.values()), told

            async def alerts_agrees() -> bool:
                found = (await client.get("/api/alerts/v1/issues?limit=100")).json()["items"]
                counts = {issue["number"]: issue["complaints"] for issue in found}
                return counts.items() >= issues.items() and sum(counts.values()) == COMPLAINTS + 1

            await until(alerts_agrees, "alerts counts the new one, and the old ones once")
