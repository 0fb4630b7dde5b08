"""Records for a topic: golden examples with something wrong in them, each beside good ones."""

import json
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from shared.contracts.catalogue import Entry
from shared.messaging.kafka import LARGEST_RECORD
from shared.testing.golden import Golden, fresh
from tests.fuzz import horrors
from tests.fuzz.shapes import Shapes

Headers = list[tuple[str, bytes]]

VALUES: Final = (
    None,
    None,
    b"",
    b"null",
    b"[]",
    b"{}",
    b'"x"',
    b"\xff\xfe",
    b"[" * 60_000,
    b"x" * 900_000,
    b"\x00" * 40,
)
LARGE: Final = LARGEST_RECORD - 4_000
HEADER_VALUES: Final = (
    b"", b"\xff\xfe", b"\xed\xa0\x80", b"x" * 5_000, b"0", b"-1", b"\xd9\xa3", b"999999999999999", b"9" * 40,
    b"1e3", b"2.0", b"1.0 ", b"yesterday", b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59.999999-14:00",
    b"2026-11-22T09:00:00", "가".encode(), b"\x00", b"complaint.created", b"complaint.forgotten",
    b"00-" + b"f" * 32 + b"-" + b"f" * 16 + b"-01", b"a b", b"$where",
)  # fmt: skip
HEADERS: Final = (
    "ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion", "ce_sequence", "ce_subject", "ce_dataschema",
    "ce_correlationid", "ce_causationid", "traceparent", "content-type", "x-other", "",
    "ce_\udcff".encode("utf-8", "replace").decode(),
)  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """A record to be sent. `good`: nothing is wrong with it, so it has to have its effect, on what `makes` names."""

    key: bytes | None
    value: bytes | None
    headers: Headers
    good: bool
    makes: str = ""


def a_good_one(entry: Entry) -> Letter:
    """The golden example as an event of its own."""
    return _letter(fresh(entry), good=True)


def letters(entry: Entry) -> st.SearchStrategy[Letter]:
    """Records with something wrong in them; some turn out to be all right."""
    data = Shapes(entry.model.model_json_schema()).right(entry.model.model_json_schema())
    keys = st.sampled_from((b"k", b"", None, b"\xff", b"x" * 3_000))

    @st.composite
    def made(draw: st.DrawFn) -> Letter:
        event = fresh(entry, **({} if draw(st.booleans()) else _settled(draw(data))))
        letter = _letter(event)
        for _ in range(draw(st.integers(1, 2))):
            letter = draw(_spoilt(letter, event))
        key = draw(keys) if draw(st.integers(0, 3)) == 0 else letter.key
        needed = entry.compacted or letter.value is None  # Kafka or its client takes none without a key
        return Letter(key or (letter.key if needed else key), letter.value, letter.headers, False)

    return made()


def _spoilt(letter: Letter, event: Golden) -> st.SearchStrategy[Letter]:
    def with_value(value: bytes | None) -> Letter:
        return Letter(letter.key, value if value is None else value[:LARGE], letter.headers, False)

    def with_headers(change: tuple[str, str, bytes]) -> Letter:
        how, name, value = change
        kept = [(n, v) for n, v in letter.headers if n != name or how == "more"]
        return Letter(letter.key, letter.value, kept if how == "without" else [*kept, (name, value)], False)

    data = horrors.spoilt(event.data).map(lambda value: with_value(horrors.json_bytes(value)))
    content = st.integers(0, 7).map(lambda how: with_value(horrors.spoil_bytes(letter.value or b"", how)))
    changes = st.tuples(
        st.sampled_from(("without", "other", "other", "more")), st.sampled_from(HEADERS), st.sampled_from(HEADER_VALUES)
    )
    values = st.sampled_from(VALUES).map(with_value)
    return horrors.mostly(data, content, values, changes.map(with_headers), of=7)


def _letter(event: Golden, good: bool = False) -> Letter:
    makes = event.data.get("issue_id") or event.data.get("complaint_id", "")
    return Letter(event.headers["ce_id"].encode(), event.body(), event.raw_headers(), good, makes)


def _settled(data: Any) -> dict[str, Any]:
    """Data without what only answers can tell."""
    said: dict[str, Any] = json.loads(json.dumps(data, default=lambda known: known.name))
    return {name: value for name, value in said.items() if not name.endswith("_id") and name != "idempotency_key"}
