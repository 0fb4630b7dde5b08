"""Spans: each in the trace that it belongs to, linked where several share one thing."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanContext, StatusCode

from shared.obs import spans, traces
from shared.obs.context import traceparent

ONE, ANOTHER, UNSEEN = (
    f"00-{digit * 32}-{digit * 16}-{flags}" for digit, flags in (("1", "01"), ("2", "01"), ("3", "00"))
)


@dataclass(frozen=True)
class Link:
    """One that waits for a transaction."""

    traceparent: str
    correlation_id: str = ""


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """What would be sent."""
    exporter = InMemorySpanExporter()
    traces._tracer.cache_clear()
    monkeypatch.setattr(traces, "_processor", SimpleSpanProcessor(exporter))
    yield exporter
    traces._tracer.cache_clear()


def place(span: ReadableSpan) -> SpanContext:
    context: SpanContext | None = span.context
    assert context is not None
    return context


def test_each_member_of_a_transaction_has_it_in_its_own_trace_linked_to_the_first(kept: InMemorySpanExporter) -> None:
    with spans.committing("intake", "ccms_intake", [Link(UNSEEN), Link(ONE), Link(""), Link(ANOTHER)]):
        spans.command("intake", "ccms_intake", "insert", "complaints", traceparent.get(), 1000, "")
    command, first, second = kept.get_finished_spans()
    assert [f"{place(span).trace_id:032x}" for span in (command, first, second)] == ["1" * 32, "1" * 32, "2" * 32]
    assert command.parent is not None
    assert command.parent.span_id == place(first).span_id
    assert [link.context.span_id for link in second.links] == [place(first).span_id]
    assert first.attributes is not None
    assert first.attributes["db.operation.batch.size"] == 3


def test_a_transaction_that_failed_says_how_and_no_more(kept: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="홍길동"), spans.committing("intake", "ccms_intake", [Link(ONE)]):
        raise ValueError("홍길동 010-1234-5678")
    (span,) = kept.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert "홍길동" not in f"{span.status.description} {span.attributes} {span.events}"


def test_below_a_trace_that_is_not_recorded_nothing_is(kept: InMemorySpanExporter) -> None:
    assert spans.request("intake", "GET", "/complaints/{id}", UNSEEN) is None
    assert spans.send("intake", "complaint.created", "event", UNSEEN) is None
    with spans.committing("intake", "ccms_intake", [Link(UNSEEN)]):
        assert traceparent.get() == UNSEEN
    assert kept.get_finished_spans() == ()


def test_no_trace_begins_in_the_middle(kept: InMemorySpanExporter) -> None:
    spans.command("intake", "ccms_intake", "find", "leases", "", 1000, "")
    with spans.committing("intake", "ccms_intake", [Link("")]):
        pass
    assert kept.get_finished_spans() == ()


def test_where_a_trace_begins_the_share_decides_for_all_that_follows(
    kept: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "_share", 0.0)
    request = spans.request("intake", "GET", "/complaints/{id}", "")
    assert request is not None
    told = traces.place_of(request)
    assert int(told[-2:], 16) & 1 == 0
    assert spans.send("intake", "complaint.created", "event", told) is None


def test_without_a_collector_there_is_no_span() -> None:
    assert not traces.is_tracing()
    assert spans.request("intake", "GET", "/complaints/{id}", ONE) is None
