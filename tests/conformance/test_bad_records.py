"""What every consumer of every service does with a record that is no event: one dead letter, nobody else harmed."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from shared.contracts.catalogue import dead_letter_topic
from shared.messaging.burial import KEPT_HEADERS, SEALED_FOR
from shared.messaging.failure import TooManyDeadLetters
from shared.testing.golden import Golden
from tests.conformance.reader import Reader
from tests.conformance.records import Headers, Record, record

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOISE = Random(7).randbytes
WITHOUT = ("ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion")

VALUES: dict[str, bytes | None] = {
    "random bytes": NOISE(700),
    "an empty value": b"",
    "a tombstone": None,
    "broken JSON": b'{"complaint_id": "c-1", ',
    "JSON of another kind": b'["complaint"]',
    "a lone surrogate": b'{"complaint_id": "\\ud800", "idempotency_key": "\\ud800"}',
    "endless nesting": b"[" * 50_000,
    "a mebibyte of junk": NOISE(1_000_000),
}
HEADERS: dict[str, Headers] = {
    "no headers": [],
    "a header that is not UTF-8": [("ce_id", b"\xff\xfe")],
    "a header without a value": [("ce_id", None)],
    "another event's type": [("ce_type", b"complaint.forgotten")],
    "an id without end": [("ce_id", b"x" * 5000)],
    "a time that is none": [("ce_time", b"yesterday")],
    "a sequence that is none": [("ce_sequence", b"\xd9\xa3")],
}


def bad_value(reader: Reader, value: bytes | None) -> Record:
    return record(reader.entry.topic, value, reader.event().raw_headers())


def bad_headers(reader: Reader, headers: Headers) -> Record:
    event, wrong = reader.event(), dict(headers)
    kept = [] if not wrong else [(n, v) for n, v in event.raw_headers() if n not in wrong]
    return record(reader.entry.topic, event.body(), [*kept, *wrong.items()])


async def assert_buried(reader: Reader, bad: Record) -> None:
    """One dead letter with the bytes as they came, on its way to its topic; its neighbours are done."""
    first, last = reader.record(), reader.record()
    await reader.consumer.take([first, bad, last])
    assert await reader.is_done(first, last)
    (letter,) = await reader.letters([bad])
    sealed = reader.entry.kind == "contact"
    body, key = (_opened(reader, letter[part]) if sealed else letter[part] for part in ("body", "key"))
    assert (body, key) == (bad.value, bad.key)
    kept = [name for name, _ in bad.headers if not sealed or name in KEPT_HEADERS]
    assert [name for name, _ in letter["headers"]] == kept
    (row,) = await reader.store.mongo.find("outbox", {"_id": letter["_id"]})
    assert row["topic"] == dead_letter_topic(reader.store.service, reader.entry.topic)
    assert row["body"] == letter["body"]
    if sealed and bad.value and len(bad.value) > 4:
        assert bad.value not in row["body"]


def _opened(reader: Reader, part: bytes | None) -> bytes | None:
    return reader.store.vault.open(part, SEALED_FOR) if part else part


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
async def test_a_value_that_is_no_event_is_buried_once(reader: Reader, value: bytes | None) -> None:
    await assert_buried(reader, bad_value(reader, value))


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
async def test_headers_of_no_event_are_buried_once(reader: Reader, headers: Headers) -> None:
    await assert_buried(reader, bad_headers(reader, headers))


@pytest.mark.parametrize("name", WITHOUT)
async def test_a_needed_header_that_is_missing_is_named(reader: Reader, name: str) -> None:
    event = reader.event()
    bad = record(reader.entry.topic, event.body(), [(n, v) for n, v in event.raw_headers() if n != name])
    await assert_buried(reader, bad)
    (letter,) = await reader.letters([bad])
    assert letter["error"] == f"unreadable: headers missing: {name}"


async def test_a_bad_record_that_comes_again_stays_one_dead_letter(reader: Reader) -> None:
    bad = bad_value(reader, b"again")
    for _ in range(3):
        await reader.consumer.take([bad])
    assert len(await reader.letters([bad])) == 1


async def test_a_bad_record_that_comes_again_counts_once_towards_the_limit(reader: Reader) -> None:
    consumer, bad = reader.with_limit(1), bad_value(reader, b"again and again")
    for _ in range(3):
        await consumer.take([bad])
    assert len(await reader.letters([bad])) == 1


def spoilt(value: Any) -> Iterator[Any]:
    """Copies of a JSON value, each with one part that its type allows and a database does not."""
    if isinstance(value, dict):
        for name, inner in value.items():
            for bad in spoilt(inner):
                yield {**value, name: bad}
        yield {**value, "\x00": "a name that no document can have"}
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            for bad in spoilt(inner):
                yield [*value[:place], bad, *value[place + 1 :]]
    elif isinstance(value, int) and not isinstance(value, bool):
        yield 2**70
    elif isinstance(value, str):
        yield "a\x00b"
        if value[4:5] == "-" and "T" in value:
            yield "0001-01-01T00:00:00+14:00"


async def test_what_no_database_can_keep_harms_no_neighbour(reader: Reader) -> None:
    """Each is handled, parked or buried; the consumer goes on."""
    for data in spoilt(reader.event().data):
        event = reader.event()
        ids = {name: value for name, value in event.data.items() if name in data and isinstance(value, str)}
        own = {n: v for n, v in ids.items() if n.endswith("_id") or n == "idempotency_key"}
        bad, good = reader.record(Golden(event.headers, {**data, **own})), reader.record()
        await reader.consumer.take([bad, good])
        assert await reader.is_done(good)
        assert len(await reader.letters([bad])) == 1 or await reader.is_done(bad)


async def test_much_junk_among_good_records_is_taken_apart(reader: Reader) -> None:
    good = [reader.record() for _ in range(60)]
    junk = [bad_value(reader, NOISE(20)) for _ in range(60)]
    await reader.consumer.take([r for pair in zip(good, junk, strict=True) for r in pair])
    assert await reader.is_done(*good)
    assert len(await reader.letters(junk)) == len(junk)


async def test_a_flood_stops_the_consumer_and_buries_nothing_beyond_the_limit(reader: Reader) -> None:
    consumer = reader.with_limit(5)
    few = [bad_value(reader, b"junk") for _ in range(4)]
    await consumer.take(few)
    flood = [bad_value(reader, b"junk") for _ in range(2)]
    with pytest.raises(TooManyDeadLetters):
        await consumer.take(flood)
    assert len(await reader.letters([*few, *flood])) == 4
    assert not await reader.store.mongo.count("inbox", {"_id": f"{consumer.name}:0:{flood[0].offset}"})
