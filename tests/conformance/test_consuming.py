"""What every consumer of every service does with good records: once, whatever comes twice or is newer."""

import pytest

from shared.testing.golden import Golden
from tests.conformance.reader import Reader
from tests.conformance.records import Record

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def growth(reader: Reader, records: list[Record]) -> dict[str, tuple[int, int]]:
    """By how many rows and by how many versions each collection grew with a batch."""
    before = await reader.effects()
    await reader.consumer.take(records)
    after = await reader.effects()
    sizes = {name: (len(rows), sum(v for _, v in rows)) for name, rows in after.items()}
    return {
        name: (rows - len(before[name]), versions - sum(v for _, v in before[name]))
        for name, (rows, versions) in sizes.items()
    }


async def test_the_golden_example_is_taken(reader: Reader) -> None:
    record = reader.record()
    await reader.consumer.take([record])
    assert await reader.is_done(record)


async def test_a_newer_event_with_more_fields_is_taken(reader: Reader) -> None:
    event = reader.event()
    data = {
        name: {**value, "later": "1"} if isinstance(value, dict) and not reader.entry.command else value
        for name, value in event.data.items()
    }
    record = reader.record(Golden({**event.headers, "ce_later": "1"}, {**data, "later": [{"deep": None}]}))
    await reader.consumer.take([record])
    assert await reader.is_done(record)


async def test_the_same_event_twice_in_a_batch_acts_once(reader: Reader) -> None:
    await reader.consumer.take([reader.record()])  # what is made only the first time is there now
    once, twice = reader.event(), reader.event()
    alone = await growth(reader, [reader.record(once)])
    assert alone == await growth(reader, [reader.record(twice), reader.record(twice)])
    assert sum(rows for rows, _ in alone.values())


async def test_the_same_event_in_later_batches_acts_once(reader: Reader) -> None:
    event = reader.event()
    await reader.consumer.take([reader.record(event)])
    before = await reader.effects()
    for _ in range(2):
        await reader.consumer.take([reader.record(event), reader.record(event)])
    assert await reader.effects() == before


async def test_a_batch_of_many_is_taken_whole(reader: Reader) -> None:
    records = [reader.record() for _ in range(40)]
    await reader.consumer.take(records)
    assert await reader.is_done(*records)
