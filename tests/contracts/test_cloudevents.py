"""CloudEvents 1.0 in Kafka's binary mode: what goes out comes back, and what is none is refused by its part."""

import json
from datetime import UTC, datetime

import pytest

from shared.contracts.catalogue import CATALOGUE, ENTRIES, Entry
from shared.contracts.cloudevents import Unreadable, from_record, to_headers
from shared.contracts.envelope import Envelope
from shared.contracts.issue import IssueAcknowledged
from shared.testing.golden import golden

ENTRY = CATALOGUE["issue.acknowledged"]
SECRET = "홍길동 010-1234-5678"

Raw = list[tuple[str, bytes | None]]


def an_envelope() -> Envelope:
    return Envelope(
        id="e-1",
        type="issue.acknowledged",
        source="/alerts",
        subject="i-1",
        time=datetime(2026, 11, 20, 3, 4, 5, 678000, UTC),
        sequence=7,
        correlation_id="r-0123456789abcdef",
        causation_id="c-1",
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        data=IssueAcknowledged(issue_id="i-1", number="I-2026-000001", step=3, by="p-1"),
    )


def read(headers: Raw, body: bytes | None) -> Envelope:
    return from_record(ENTRY, headers, body)


def headers_but(**changed: bytes | None) -> Raw:
    """The headers of a good event, some with another value."""
    said: dict[str, bytes | None] = dict(to_headers(an_envelope(), ENTRY))
    return list((said | changed).items())


def body_but(**changed: object) -> bytes:
    return json.dumps(an_envelope().data.model_dump(mode="json") | changed).encode()


def refusal(headers: Raw, body: bytes | None) -> str:
    with pytest.raises(Unreadable) as refused:
        read(headers, body)
    assert "홍길동" not in str(refused.value)
    assert "1234-5678" not in str(refused.value)
    assert refused.value.__cause__ is None, "a cause would bring the value into a log"
    return str(refused.value)


def test_what_goes_out_comes_back() -> None:
    sent = an_envelope()
    assert read(list(to_headers(sent, ENTRY)), sent.data.model_dump_json().encode()) == sent


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.topic)
def test_the_headers_are_those_of_cloudevents(entry: Entry) -> None:
    example = golden(entry)
    envelope = from_record(entry, example.raw_headers(), example.body())
    assert dict(to_headers(envelope, entry)) == dict(example.raw_headers())
    assert example.headers["ce_specversion"] == "1.0"
    assert example.headers["content-type"] == "application/json"
    assert datetime.fromisoformat(example.headers["ce_time"]).tzinfo is not None


def test_what_is_not_known_is_not_sent() -> None:
    sent = an_envelope()
    bare = Envelope(sent.id, sent.type, sent.source, sent.subject, sent.time, sent.sequence, "", "", "", sent.data)
    names = {name for name, _ in to_headers(bare, ENTRY)}
    assert not names & {"ce_causationid", "ce_correlationid", "traceparent"}


def test_unknown_headers_and_newer_fields_are_ignored() -> None:
    headers: Raw = [*headers_but(), ("ce_later", b"x"), ("x-other", b"\xff\xfe"), ("x-none", None)]
    newer = read(headers, body_but(later={"deep": [1]}))
    assert newer.data == an_envelope().data


@pytest.mark.parametrize(
    "value",
    [
        b"01012345678",
        b"\xff\xfe",
        b"00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        b"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        b"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        b"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
    ],
)
def test_what_is_no_trace_context_goes_no_further(value: bytes) -> None:
    assert read(headers_but(traceparent=value), body_but()).traceparent == ""


def test_a_time_without_a_zone_is_utc() -> None:
    assert read(headers_but(ce_time=b"2026-11-20T03:04:05.678"), body_but()).time == an_envelope().time


@pytest.mark.parametrize("name", ["ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion"])
def test_a_missing_attribute_is_named(name: str) -> None:
    assert refusal([(n, v) for n, v in headers_but() if n != name], body_but()) == f"headers missing: {name}"
    assert refusal(headers_but(**{name: b""}), body_but()) == f"headers missing: {name}"
    assert refusal(headers_but(**{name: None}), body_but()) == f"headers missing: {name}"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ce_id", b"\xff\xfe", "header ce_id is not UTF-8"),
        ("ce_later", b"\xff\xfe", "header ce_later is not UTF-8"),
        ("ce_id", SECRET.encode() * 10, "ce_id is longer than 100 characters"),
        ("ce_type", SECRET.encode(), "ce_type is not issue.acknowledged"),
        ("ce_specversion", SECRET.encode(), "ce_specversion is not 1.0"),
        ("ce_time", SECRET.encode(), "ce_time is not an RFC 3339 time"),
        ("ce_sequence", SECRET.encode(), "ce_sequence is not a whole number"),
        ("ce_sequence", "٣".encode(), "ce_sequence is not a whole number"),
        ("ce_sequence", b"-1", "ce_sequence is not a whole number"),
        ("ce_sequence", b"9" * 16, "ce_sequence is not a whole number"),
    ],
)
def test_a_wrong_attribute_is_named_without_its_value(name: str, value: bytes, said: str) -> None:
    assert refusal(headers_but(**{name: value}), body_but()) == said


@pytest.mark.parametrize("body", [None, b""])
def test_no_value_is_said(body: bytes | None) -> None:
    assert refusal(headers_but(), body) == "the record has no value"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (SECRET.encode(), "value: json_invalid"),
        (b"\xff\xfe\x00", "value: json_invalid"),
        (json.dumps(SECRET).encode(), "value: model_type"),
        (body_but(step=SECRET), "step: literal_error"),
        (body_but(by={"name": SECRET}), "by: string_type"),
        (b'{"issue_id": "i-1"}', "number: missing; step: missing; by: missing"),
    ],
)
def test_wrong_data_is_named_by_field_and_kind_of_fault(body: bytes, said: str) -> None:
    assert refusal(headers_but(), body) == f"data is not issue.acknowledged v1: {said}"
