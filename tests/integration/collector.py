"""A collector of traces: takes what processes send (OTLP over HTTP) and keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass(frozen=True)
class Told:
    """One span as it was sent; `process` tells processes apart, `links` are ids of spans."""

    service: str
    process: str
    name: str
    kind: str
    trace: str
    id: str
    parent: str
    start: int
    end: int
    links: tuple[str, ...]
    attributes: dict[str, Any]


@dataclass
class Collector:
    """What was sent to `url` so far."""

    url: str = ""
    spans: list[Told] = field(default_factory=list)

    def take(self, body: bytes) -> None:
        """One request of a process."""
        for part in ExportTraceServiceRequest.FromString(body).resource_spans:
            about = _plain(part.resource.attributes)
            for scope in part.scope_spans:
                self.spans += [_told(span, about) for span in scope.spans]

    def of(self, trace: str) -> list[Told]:
        """The spans of one trace, in the order of their beginnings."""
        return sorted((span for span in list(self.spans) if span.trace == trace), key=lambda span: span.start)


def _told(span: Span, about: dict[str, Any]) -> Told:
    return Told(
        service=about["service.name"],
        process=about.get("service.instance.id", ""),
        name=span.name,
        kind=Span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_"),
        trace=span.trace_id.hex(),
        id=span.span_id.hex(),
        parent=span.parent_span_id.hex(),
        start=span.start_time_unix_nano,
        end=span.end_time_unix_nano,
        links=tuple(link.span_id.hex() for link in span.links),
        attributes=_plain(span.attributes),
    )


def _plain(attributes: Any) -> dict[str, Any]:
    return {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in attributes}


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector on a free port, for the time of the block."""
    kept = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
