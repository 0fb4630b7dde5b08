"""CloudEvents 1.0 in Kafka's binary mode: what stands in the headers, and how a record is read back."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from pydantic import ValidationError

from shared.contracts.catalogue import Entry
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event

Headers = list[tuple[str, bytes]]
RawHeaders = Iterable[tuple[str, bytes | None]]
"""As Kafka has them: a header may stand without a value."""

ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
"""A correlation id; no telephone number is as long."""
TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
"""W3C Trace Context."""
_REQUIRED = ("ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion")


class Unreadable(Exception):
    """A record is no event of its topic; the text names the part that is wrong, never its value."""


def to_headers(envelope: Envelope, entry: Entry) -> Headers:
    """Headers of an event, all UTF-8."""
    pairs = (
        ("ce_id", envelope.id),
        ("ce_source", envelope.source),
        ("ce_subject", envelope.subject),
        ("ce_time", envelope.time.isoformat()),
        ("ce_sequence", str(envelope.sequence)),
        ("ce_correlationid", envelope.correlation_id),
        ("ce_causationid", envelope.causation_id),
        ("traceparent", envelope.traceparent),
    )
    return [*_fixed(entry), *((name, value.encode()) for name, value in pairs if value)]


@cache
def _fixed(entry: Entry) -> Headers:
    """The headers that are the same for every event of a topic."""
    return [
        ("content-type", b"application/json"),
        ("ce_specversion", b"1.0"),
        ("ce_type", entry.type.encode()),
        ("ce_dataschema", entry.schema_id.encode()),
    ]


def from_record(entry: Entry, headers: RawHeaders, body: bytes | None) -> Envelope:
    """The event in a record; raises `Unreadable`. Unknown headers and fields are ignored."""
    said = _said(headers)
    missing = [name for name in _REQUIRED if not said.get(name)]
    if missing:
        raise Unreadable(f"headers missing: {', '.join(missing)}")
    if said["ce_specversion"] != "1.0":
        raise Unreadable("ce_specversion is not 1.0")
    if said["ce_type"] != entry.type:
        raise Unreadable(f"ce_type is not {entry.type}")
    if not body:
        raise Unreadable("the record has no value")
    return Envelope(
        id=_limited("ce_id", said["ce_id"]),
        type=entry.type,
        source=said["ce_source"],
        subject=said.get("ce_subject", ""),
        time=_time(said["ce_time"]),
        sequence=_number(said.get("ce_sequence", "0")),
        correlation_id=_correlation(said.get("ce_correlationid", "")),
        causation_id=said.get("ce_causationid", "")[:100],
        traceparent=_trace(said.get("traceparent", "")),
        data=_data(entry, body),
    )


def _said(headers: RawHeaders) -> dict[str, str]:
    """Headers as text. One that is not UTF-8 is a fault only if it is one that is needed."""
    said: dict[str, str] = {}
    for name, value in headers:
        try:
            said[name] = (value or b"").decode()
        except UnicodeDecodeError:
            if name.startswith("ce_"):
                raise Unreadable(f"header {name} is not UTF-8") from None
    return said


def _data(entry: Entry, body: bytes) -> Event:
    try:
        return entry.model.model_validate_json(body)
    except ValidationError as wrong:
        parts = [f"{'.'.join(map(str, e['loc'])) or 'value'}: {e['type']}" for e in wrong.errors()[:5]]
        raise Unreadable(f"data is not {entry.type} v{entry.model.version}: {'; '.join(parts)}") from None


def _limited(name: str, value: str) -> str:
    if len(value) > 100:
        raise Unreadable(f"{name} is longer than 100 characters")
    return value


def _correlation(value: str) -> str:
    """The sender's correlation id if it looks like one: what others write there (a name, a number) goes no further."""
    return value if ID.fullmatch(value) else ""


def _trace(value: str) -> str:
    return value if TRACEPARENT.fullmatch(value) else ""


def _time(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise Unreadable("ce_time is not an RFC 3339 time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 15:
        raise Unreadable("ce_sequence is not a whole number")
    return int(value)
