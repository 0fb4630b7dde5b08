"""`ccms restore`: services agree on what was so at the backup, go on from there, and nothing is given or told twice."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shared.contracts.catalogue import CATALOGUE
from tests.conftest import Servers
from tests.integration.processes import until
from tests.integration.restore.commands import KILLED
from tests.integration.restore.world import World, world

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEPT, LOST, LATER = 8, 6, 6
UNDER_WAY = 2
"""Those that alerts had not heard of when the backup was made."""
TOPICS = [e.topic for e in CATALOGUE.values() if e.owner in ("intake", "alerts") and not e.command]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def restored(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Complaints were filed, backed up while it ran, more were filed, by people and by topic; then it was restored, ran
    again, and yet more were filed.
    """
    folder = tmp_path_factory.mktemp("restore")
    async with world(servers, folder / "deployed") as made:
        await made.start()
        made.kept = await made.file(KEPT - UNDER_WAY)
        await made.settle(KEPT - UNDER_WAY)
        await made.stop("alerts")
        made.kept += await made.file(UNDER_WAY)
        assert (await made.ccms("backup", str(folder / "b"))).code == 0
        await made.start("alerts")
        made.lost = await made.file(LOST)
        await made.submit("토픽으로 접수한 불만입니다")
        await made.settle(KEPT + LOST + 1)
        await made.stop()
        assert (await made.ccms("restore", str(folder / "b"), "--replace", crash_at="restore.part:9")).code == KILLED
        said = await made.ccms("restore", str(folder / "b"), "--lost", str(folder / "lost.jsonl"), "--json")
        assert said.code == 0, said.err
        made.said = said
        await made.start()
        made.later = await made.file(LATER)
        await made.settle(KEPT + LATER + 1)
        await made.stop()
        yield made


async def test_what_the_backup_has_is_there_what_came_later_is_listed_and_what_came_by_topic_is_filed_again(
    restored: World,
) -> None:
    complaints = await restored.rows("intake", "complaints")
    by_people = {row["_id"] for row in complaints if row["channel"] != "topic"}
    assert {*restored.kept, *restored.later} <= by_people
    assert not by_people & {*restored.lost}
    assert len(complaints) == KEPT + LATER + 1
    assert restored.said.figures["lost"]["complaint.created"] == LOST + 1
    listed = Path(restored.said.figures["lost_file"]).read_text(encoding="utf-8")
    assert all(restored.filed[id] in listed for id in restored.lost)


async def test_services_agree_with_each_other(restored: World) -> None:
    complaints = {row["_id"]: row["issue_id"] for row in await restored.rows("intake", "complaints")}
    cases = {row["_id"]: row["issue_id"] for row in await restored.rows("alerts", "cases")}
    assert cases == complaints
    issues = {row["_id"]: (row["number"], row["complaints"]) for row in await restored.rows("alerts", "issues")}
    copies = {row["_id"]: (row["number"], row["complaints"]) for row in await restored.rows("intake", "issues")}
    assert copies == issues
    counted = Counter(cases.values())
    assert {id: count for id, (_, count) in issues.items()} == counted


async def test_no_number_is_given_twice(restored: World) -> None:
    numbers = {event.id: event.data["number"] for event in await restored.on_topic("complaint.created")}
    assert len(numbers) == KEPT + LOST + LATER + 2  # the one by topic was filed twice, under two numbers
    assert len(set(numbers.values())) == len(numbers)
    issues = {event.id: event.data["number"] for event in await restored.on_topic("issue.opened")}
    assert len(set(issues.values())) == len(issues)


async def test_no_sequence_is_used_for_two_events_and_none_is_left_out(restored: World) -> None:
    used: dict[tuple[str, int], set[str]] = {}
    for topic in TOPICS:
        for event in await restored.on_topic(topic):
            used.setdefault((event.key, event.sequence), set()).add(event.id)
    assert {place: ids for place, ids in used.items() if len(ids) > 1} == {}
    for key in {key for key, _ in used}:
        sequences = sorted(sequence for each, sequence in used if each == key)
        assert sequences == list(range(1, len(sequences) + 1)), key


async def test_first_occurrences_of_an_aggregate_are_in_order_on_each_topic(restored: World) -> None:
    for topic in TOPICS:
        last: dict[str, int] = {}
        seen: set[str] = set()
        for event in await restored.on_topic(topic):
            if event.id not in seen:
                assert event.sequence > last.get(event.key, 0), topic
                last[event.key] = event.sequence
            seen.add(event.id)


async def test_a_rebuild_afterwards_brings_nothing_back_that_was_lost(restored: World) -> None:
    before = await restored.rows("alerts", "cases")
    said = await restored.ccms("rebuild", "alerts", "--json")
    assert (said.code, said.figures["mended"]["cases"], said.figures["settled"]) == (0, 0, 0), said.err
    assert await restored.rows("alerts", "cases") == before


async def test_nothing_starts_on_what_is_half_restored(servers: Servers, tmp_path: Path) -> None:
    async with world(servers, tmp_path / "deployed") as made:
        assert (await made.ccms("backup", str(tmp_path / "b"))).code == 0
        assert (await made.ccms("restore", str(tmp_path / "b"), "--replace", crash_at="restore.loaded")).code == KILLED
        served = made.deployed.start("intake", CCMS_LANGUAGE="en")
        assert await served.ended() == 1
        assert "only half restored: run the restore again" in served.log.read_text()
        assert (await made.ccms("restore", str(tmp_path / "b"))).code == 0
        await made.start("intake")


async def test_it_refuses_while_a_service_runs(servers: Servers, tmp_path: Path) -> None:
    async with world(servers, tmp_path / "deployed") as made:
        await made.start("alerts")
        assert (await made.ccms("backup", str(tmp_path / "b"))).code == 0

        async def is_refused() -> bool:
            said = await made.ccms("restore", str(tmp_path / "b"), "--replace")
            return said.code == 1 and "alerts is running" in said.err

        await until(is_refused, "the restore is refused")
