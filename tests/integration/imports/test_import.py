"""`ccms import` into real services: every row once, whatever is killed in between, and past cases in silence."""

import csv
from collections import Counter
from pathlib import Path

from tests.conftest import Servers
from tests.integration.imports.files import BAD, HEADING, MAPPED, rows, write
from tests.integration.imports.world import World
from tests.integration.processes import deployment, until

KILLED = -9


async def test_what_is_stored_told_and_counted_agrees_and_stays_so(servers: Servers, tmp_path: Path) -> None:
    live = write(tmp_path / "calls.csv", HEADING, rows(300))
    past = write(tmp_path / "past.csv", HEADING, rows(200, bad=False))
    async with deployment(servers, tmp_path / "data") as deployed:
        world = World(deployed)
        for name in ("intake", "alerts"):
            await world.start(name)
        said = await world.imported(live, *MAPPED, "--key", "번호")
        assert (said["accepted"], said["rejected"]) == (300 - len(BAD), len(BAD))
        with (tmp_path / "calls.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [int(row[-2]) - 2 for row in list(csv.reader(file))[1:]] == sorted(BAD)
        said = await world.imported(past, *MAPPED, "--history")
        assert (said["accepted"], said["rejected"]) == (200, 0)
        first = await world.ledger()
        assert first.stored == first.created == first.counted
        assert len(first.stored) == first.times == 500 - len(BAD)

        assert (await world.imported(live, *MAPPED, "--key", "번호"))["already"] == 300 - len(BAD)
        assert (await world.imported(past.rename(tmp_path / "again.csv"), *MAPPED, "--history"))["already"] == 200
        again = await world.ledger()
    assert again == first


async def test_nobody_hears_of_a_past_case(servers: Servers, tmp_path: Path) -> None:
    past = write(tmp_path / "past.csv", HEADING, rows(120, bad=False))
    async with deployment(servers, tmp_path / "data") as deployed:
        world = World(deployed)
        for name in ("intake", "alerts"):
            await world.start(name)
        await world.imported(past, *MAPPED, "--history")
        ledger = await world.ledger()
        complaints = await world.rows("intake", "complaints")
        timers = [*await world.rows("intake", "timers"), *await world.rows("alerts", "timers")]
        messages = await world.rows("alerts", "messages")
        issues = await world.rows("alerts", "issues")
    assert Counter(row["state"] for row in complaints) == {"resolved": 120}
    assert {row["number"][:7] for row in complaints} == {"C-2023-", "C-2024-"}
    assert len({row["number"] for row in complaints}) == 120
    assert (list(timers), list(messages)) == ([], [])
    assert {issue["step"] for issue in issues} == {0}
    told = {topic for topic, count in ledger.records.items() if count}
    assert told <= {"complaint.created", "complaint.classified", "issue.opened", "issue.grew"}


async def test_a_dry_run_leaves_nothing_behind(servers: Servers, tmp_path: Path) -> None:
    live = write(tmp_path / "calls.csv", HEADING, rows(150))
    async with deployment(servers, tmp_path / "data") as deployed:
        world = World(deployed)
        await world.start("intake")
        said = await world.imported(live, *MAPPED, "--dry-run")
        assert (said["accepted"], said["rejected"]) == (150 - len(BAD), len(BAD))
        assert sum(sum(counts.values()) for counts in said["categories"].values()) == 150 - len(BAD)
        left = {
            collection: len(await world.rows("intake", collection))
            for collection in ("complaints", "contacts", "outbox", "lasting", "numbers", "timers")
        }
    assert set(left.values()) == {0}, left


async def test_nothing_is_lost_or_doubled_when_importer_and_services_are_killed(
    servers: Servers, tmp_path: Path
) -> None:
    path = write(tmp_path / "calls.csv", HEADING, rows(600))
    async with deployment(servers, tmp_path / "data") as deployed:
        world = World(deployed)
        intake = await world.start("intake", CCMS_CRASH_AT="commit.after:3")
        alerts = await world.start("alerts", CCMS_CRASH_AT="consumer.before_offset")
        importer = world.importer(path, *MAPPED, "--key", "번호")
        assert await intake.ended() == KILLED
        importer.kill()  # it waits for the service that is gone
        assert importer.wait() == KILLED

        intake = await world.start("intake", CCMS_CRASH_AT="commit.effects:3")
        assert await alerts.ended() == KILLED
        await world.start("alerts")
        importer = world.importer(path, *MAPPED, "--key", "번호")
        assert await intake.ended() == KILLED
        await world.start("intake")  # at another port: the importer finds it and goes on
        said = await world.figures(importer)
        assert said["accepted"] + said["already"] == 600 - len(BAD)
        assert said["accepted"] > 0
        assert said["already"] > 0

        ledger = await world.ledger()
        assert ledger.stored == ledger.created == ledger.counted
        assert len(ledger.stored) == 600 - len(BAD)
        assert (await world.imported(path, *MAPPED, "--key", "번호"))["already"] == 600 - len(BAD)
        assert (await world.ledger()).stored == ledger.stored


async def test_ctrl_c_ends_in_order_and_the_next_run_goes_on(servers: Servers, tmp_path: Path) -> None:
    path = write(tmp_path / "calls.csv", HEADING, rows(600))
    async with deployment(servers, tmp_path / "data") as deployed:
        world = World(deployed)
        intake = await world.start("intake", CCMS_CRASH_AT="commit.after:2")
        importer = world.importer(path, *MAPPED)
        assert await intake.ended() == KILLED
        importer.terminate()

        async def has_ended() -> bool:
            return importer.poll() is not None

        await until(has_ended, "the importer ends", 20)
        _out, err = importer.communicate()
        assert importer.returncode == 1
        assert "Run the same command again" in err
        await world.start("intake")
        said = await world.imported(path, *MAPPED)
    assert said["accepted"] + said["already"] == 600 - len(BAD)
