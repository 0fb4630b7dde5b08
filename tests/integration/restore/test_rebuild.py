"""`ccms rebuild`: what follows from topics is as before, whatever happened to it; nothing is sent, nobody is told."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from shared.db.client import Document
from tests.conftest import Servers
from tests.integration.restore.commands import KILLED
from tests.integration.restore.world import World, without, world

pytestmark = pytest.mark.asyncio(loop_scope="module")

COMPLAINTS = 36
CCO, CS_MANAGER = "p-036", "p-001"
WRITTEN = ("version",)
ENTERED = ("messages", "moments", "notices", "readings", "timers", "outbox", "inbox", "numbers", "dead_letters")
TOPICS = ("issue.opened", "issue.grew", "issue.escalated", "issue.acknowledged", "issue.joined", "complaint.created")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def settled(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Complaints in three issues, of which people have acknowledged one and joined two; then everything is stopped."""
    async with world(servers, tmp_path_factory.mktemp("rebuild")) as made:
        await made.start()
        await made.file(COMPLAINTS)
        await made.settle(COMPLAINTS)
        issues = {issue["product_code"]: issue["id"] for issue in await made.issues()}
        root = "/api/alerts/v1/issues"
        await made.act(CCO, "alerts", f"{root}/{issues['EB-200']}/acknowledgements", note="보고 있습니다")
        await made.act(
            CS_MANAGER, "alerts", f"{root}/{issues['SM-1']}/joinings", other=issues["DR-7"], reason="같은 창고"
        )
        await made.settle(COMPLAINTS)
        await made.stop()
        yield made


async def derived(made: World) -> dict[str, list[Document]]:
    """What a rebuild is to end in."""
    directory = without(await made.rows("alerts", "directory"), "revision", *WRITTEN)
    return {
        "cases": without(await made.rows("alerts", "cases"), *WRITTEN),
        "issues": without(await made.rows("alerts", "issues"), *WRITTEN),
        "copies": without(await made.rows("intake", "issues"), *WRITTEN),
        "directory": directory,
    }


async def everything_else(made: World) -> dict[str, Any]:
    """What a rebuild is not to touch, in the databases and on the topics."""
    kept: dict[str, Any] = {name: await made.rows("alerts", name) for name in ENTERED}
    kept["complaints"] = await made.rows("intake", "complaints")
    kept["intake's outbox"] = await made.rows("intake", "outbox")
    return kept | {topic: await made.on_topic(topic) for topic in TOPICS}


async def test_of_what_is_whole_nothing_changes_and_nothing_is_sent(settled: World) -> None:
    before, others = await derived(settled), await everything_else(settled)
    assert len(before["cases"]) == COMPLAINTS
    for service in ("alerts", "intake"):
        said = await settled.ccms("rebuild", service, "--json")
        assert said.code == 0, said.err
        assert said.figures["read"] > 0
        assert set(said.figures["mended"].values()) == {0}
        assert said.figures["settled"] == 0
    assert await derived(settled) == before
    assert await everything_else(settled) == others


async def test_lost_cases_come_back_into_their_issues(settled: World) -> None:
    before, others = await derived(settled), await everything_else(settled)
    await settled.spoil("alerts", "cases", {})
    said = await settled.ccms("rebuild", "alerts", "--json")
    assert said.code == 0, said.err
    assert said.figures["mended"]["cases"] == COMPLAINTS
    assert await derived(settled) == before
    assert await everything_else(settled) == others


async def test_spoilt_cases_counts_and_copies_are_mended_and_what_people_decided_stays(settled: World) -> None:
    before, others = await derived(settled), await everything_else(settled)
    assert any(issue["joined"] for issue in before["issues"])
    assert any(issue["call"] and issue["call"]["acknowledged_at"] for issue in before["issues"])
    await settled.spoil("alerts", "cases", {"product_code": "EB-200"}, {"$set": {"severity": "none", "title": "?"}})
    await settled.spoil("alerts", "issues", {}, {"$set": {"complaints": 99, "days": {}}})
    await settled.spoil("intake", "issues", {}, {"$set": {"number": "I-0", "step": 0}})
    for service in ("alerts", "intake"):
        assert (await settled.ccms("rebuild", service)).code == 0
    assert await derived(settled) == before
    assert await everything_else(settled) == others


async def test_lost_copies_of_issues_come_back(settled: World) -> None:
    before = await derived(settled)
    await settled.spoil("intake", "issues", {})
    assert (await settled.ccms("rebuild", "intake")).code == 0
    assert await derived(settled) == before


@pytest.mark.parametrize("point", ["rebuild.read", "rebuild.mended"])
async def test_killed_within_and_run_again_it_ends_the_same(settled: World, point: str) -> None:
    before, others = await derived(settled), await everything_else(settled)
    await settled.spoil("alerts", "cases", {})
    assert (await settled.ccms("rebuild", "alerts", crash_at=point)).code == KILLED
    assert (await settled.ccms("rebuild", "alerts")).code == 0
    assert await derived(settled) == before
    assert await everything_else(settled) == others


async def test_afterwards_the_service_goes_on_counting(servers: Servers, tmp_path: Path) -> None:
    async with world(servers, tmp_path) as made:
        await made.start()
        await made.file(3)
        await made.settle(3)
        await made.stop()
        await made.start("intake")
        await made.file(3)  # alerts has not heard of these yet
        await made.spoil("alerts", "cases", {"product_code": "DR-7"})
        assert (await made.ccms("rebuild", "alerts")).code == 0
        assert len(await made.rows("alerts", "cases")) == 3
        await made.start("alerts")
        await made.settle(6)
        assert {issue["product_code"]: issue["complaints"] for issue in await made.issues()} == {
            "EB-200": 2,
            "DR-7": 2,
            "SM-1": 2,
        }


async def test_it_refuses_while_the_service_consumes(servers: Servers, tmp_path: Path) -> None:
    async with world(servers, tmp_path) as made:
        await made.start("alerts")
        said = await made.ccms("rebuild", "alerts")
    assert said.code == 1
    assert "stop the processes of alerts" in said.err
