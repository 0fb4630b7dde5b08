"""`ccms replay`: a topic that was lost is whole and in order again, and nothing takes effect twice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shared.messaging.kafka import drop_topics, topics_there
from tests.conftest import Servers
from tests.integration.processes import until
from tests.integration.restore.world import OnTopic, World, without, world

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOPIC = "issue.grew"
COMPLAINTS = 9


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def settled(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Complaints that everybody has heard of; then everything is stopped."""
    async with world(servers, tmp_path_factory.mktemp("replay")) as made:
        await made.start()
        await made.file(COMPLAINTS)
        await made.settle(COMPLAINTS)
        await made.stop()
        yield made


async def lose(made: World, topic: str) -> None:
    """Delete a topic, and wait until it is gone."""
    settings = made.deployed.settings
    await drop_topics(settings.brokers, [settings.named(topic)])

    async def is_gone() -> bool:
        return settings.named(topic) not in await topics_there(settings.brokers)

    await until(is_gone, "the topic is gone")


def once(events: list[OnTopic]) -> list[OnTopic]:
    """Each event where it stands first."""
    first: dict[str, OnTopic] = {}
    for event in events:
        first.setdefault(event.id, event)
    return list(first.values())


async def test_a_lost_topic_is_whole_and_in_order_of_each_key_with_the_same_ids(settled: World) -> None:
    before = once(await settled.on_topic(TOPIC))
    assert len(before) >= COMPLAINTS
    await lose(settled, TOPIC)
    said = await settled.ccms("replay", TOPIC, "--json")
    assert (said.code, said.figures["sent"]) == (0, len(before)), said.err
    after = await settled.on_topic(TOPIC)
    assert len(after) == len(before)
    for key in {event.key for event in before}:
        assert [event for event in after if event.key == key] == [event for event in before if event.key == key]


async def test_who_reads_it_again_does_nothing_twice(settled: World) -> None:
    await settled.start()
    known = len(await settled.rows("alerts", "cases"))
    await settled.settle(known)
    copies = without(await settled.rows("intake", "issues"), "version")
    complaints, entries = await settled.rows("intake", "complaints"), await settled.rows("intake", "entries")
    before = await settled.on_topic(TOPIC)
    said = await settled.ccms("replay", TOPIC, "--json")
    assert (said.code, said.figures["sent"]) == (0, len(once(before))), said.err
    assert len(await settled.on_topic(TOPIC)) == len(before) + len(once(before))
    await settled.file(1)
    await settled.settle(known + 1)  # what came after it is done, so it was read
    assert [row for row in await settled.rows("intake", "complaints") if row in complaints] == complaints
    assert [row for row in await settled.rows("intake", "entries") if row in entries] == entries
    changed = [row for row in without(await settled.rows("intake", "issues"), "version") if row not in copies]
    assert len(changed) == 1
    await settled.stop()


async def test_only_what_was_told_since_is_sent(settled: World) -> None:
    said = await settled.ccms("replay", TOPIC, "--since", "2999-01-01", "--json")
    assert (said.code, said.figures["sent"]) == (0, 0)
    said = await settled.ccms("replay", TOPIC, "--since", "2026-01-01", "--json")
    assert (said.code, said.figures["sent"]) == (0, len(once(await settled.on_topic(TOPIC))))


async def test_what_nobody_here_tells_and_what_is_no_time_is_wrong_use(settled: World) -> None:
    assert (await settled.ccms("replay", "complaint.submitted")).code == 2
    said = await settled.ccms("replay", TOPIC, "--since", "yesterday")
    assert (said.code, "2026-11-20T09:00" in said.err) == (2, True)


async def test_of_a_compacted_topic_the_last_word_on_each_key_is_kept_for_ever(
    servers: Servers, tmp_path: Path
) -> None:
    topic = "product.changed"
    async with world(servers, tmp_path) as made:
        await made.start("intake")
        for name in ("전기장판", "전기장판 2026", "전기장판 특별판"):
            await made.put_product("EB-200", name)
        await made.put_product("SM-1", "두유")

        async def are_sent() -> bool:
            return not await made.count("intake", "outbox", {"unsent": True})

        await until(are_sent, "everything is sent")
        await made.stop()
        rows = [row for row in await made.rows("intake", "outbox") if row["topic"] == topic]
        assert {(bytes(row["key"]).decode(), row["sequence"]) for row in rows} == {("eb-200", 3), ("sm-1", 1)}
        assert not any("published_at" in row for row in rows), "MongoDB would delete them after a week"
        await lose(made, topic)
        assert (await made.ccms("replay", topic)).code == 0
        said = {event.key: event.data["product_name"] for event in await made.on_topic(topic)}
        assert said == {"eb-200": "전기장판 특별판", "sm-1": "두유"}
