"""Traces (OpenTelemetry): spans are begun and ended here and sent to a collector, once `start_tracing` was told of one.

Nothing is made the library's global tracer, so that what other libraries would record (addresses with their queries,
contents, errors with their texts) is never recorded: a trace holds what `spans.py` puts into it and nothing else.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cache
from socket import gethostname
from threading import Thread
from typing import TYPE_CHECKING, Final

from opentelemetry.context import Context
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    StatusCode,
    TraceFlags,
    Tracer,
    set_span_in_context,
)
from opentelemetry.trace import Span as Span  # for those that only hold one

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

Attributes = Mapping[str, str | int | float | bool]

NAMESPACE: Final = "ccms"
PATIENCE: Final = 2.0
"""Seconds that a process waits at its end for what was not sent yet."""

_processor: "BatchSpanProcessor | None" = None
_share = 1.0


def start_tracing(address: str, share: float) -> None:
    """Send spans to the collector at `address` (OTLP over HTTP), of this share of the traces that begin here.

    Does nothing without an address, or when it was done before.
    """
    global _processor, _share
    if not address or _processor is not None:
        return
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    from shared.obs.exporting import Exporter

    _processor, _share = BatchSpanProcessor(Exporter(address)), share


def is_tracing() -> bool:
    """Whether spans are recorded at all."""
    return _processor is not None


def stop_tracing() -> None:
    """Send what was not sent yet, if the collector takes it soon; called when nothing else is left to be done."""
    global _processor
    if _processor is None:
        return
    ending = Thread(target=_processor.shutdown, daemon=True)  # which waits for half a minute where nobody answers
    ending.start()
    ending.join(PATIENCE)
    _processor = None
    _tracer.cache_clear()


@cache
def _tracer(service: str) -> Tracer:
    """A tracer of one service; there may be several in a process, which share the way to the collector."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    told = {
        "service.name": service,
        "service.namespace": NAMESPACE,
        "service.instance.id": f"{gethostname()}-{os.getpid()}",
    }
    sampler = ParentBased(TraceIdRatioBased(_share))
    provider = TracerProvider(sampler, Resource.create(told), shutdown_on_exit=False)
    if _processor is not None:
        provider.add_span_processor(_processor)
    return provider.get_tracer(NAMESPACE)


def begin(
    service: str,
    name: str,
    kind: SpanKind,
    parent: str,
    attributes: Attributes,
    *,
    links: Iterable[Span] = (),
    since: int | None = None,
) -> Span | None:
    """A new span below `parent` (W3C Trace Context), or the first of a new trace; `since` in nanoseconds.

    None when nothing is traced, and below a parent that is not recorded.
    """
    if _processor is None or (parent and not int(parent[-2:], 16) & TraceFlags.SAMPLED):
        return None
    linked = [Link(other.get_span_context()) for other in links]
    return _tracer(service).start_span(name, _below(parent), kind, attributes, linked, since)


def _below(parent: str) -> Context:
    if not parent:
        return Context()
    flags = TraceFlags(int(parent[-2:], 16))
    context = SpanContext(int(parent[3:35], 16), int(parent[36:52], 16), is_remote=True, trace_flags=flags)
    return set_span_in_context(NonRecordingSpan(context), Context())


def place_of(span: Span) -> str:
    """A span as W3C Trace Context, for those that begin below it; also where it is not recorded."""
    context = span.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


def end(span: Span | None, failed: str = "") -> None:
    """End a span; `failed` names the kind of the error it ended with."""
    if span is None:
        return
    if failed:
        span.set_attribute("error.type", failed)
        span.set_status(StatusCode.ERROR)
    span.end()
